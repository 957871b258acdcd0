import type { Command } from 'commander';
import { compulsoryReason } from '../compulsory-reason';
import { lazily } from '../lazily';

/** What `incident.ts` does, which is loaded when a command runs. */
export function addIncidentCommands(program: Command): void {
  const incident = program
    .command('incident')
    .description('what answers an intrusion, for many people at once');

  incident
    .command('end-sessions')
    .description('end every session and remembered browser, of all people or of a structure’s')
    .requiredOption('--reason <text>', 'why, as the journal keeps it', compulsoryReason)
    .option('--structure <name>', 'of its people alone')
    .option(
      '--decided-by <usernames...>',
      'the national administrators who decided it: two, where there are two',
    )
    .option('--yes', 'do it; without it, say of how many people')
    .action(lazily(() => import('./incident.ts'), 'endSessions'));

  incident
    .command('renew-passwords')
    .description('have all people, or a structure’s, choose a new password by the link of the sign-in page')
    .requiredOption('--reason <text>', 'why, as the journal keeps it', compulsoryReason)
    .option('--structure <name>', 'of its people alone')
    .option(
      '--decided-by <usernames...>',
      'the national administrators who decided it: two, where there are two',
    )
    .option('--yes', 'do it; without it, say of how many people')
    .action(lazily(() => import('./incident.ts'), 'renewPasswords'));

  incident
    .command('concerned')
    .description('list who signed in, or failed to, in a span of time: CSV on standard output')
    .requiredOption('--from <time>', 'such as 2026-11-29 (UTC) or 2026-11-29T14:30:00+01:00')
    .requiredOption('--to <time>', 'before then')
    .option('--address <block>', 'from this address or block, such as 192.0.2.0/24')
    .option('--json', 'print it as JSON')
    .action(lazily(() => import('./incident.ts'), 'listConcerned'));
}
