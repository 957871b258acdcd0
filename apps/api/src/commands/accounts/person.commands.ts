import type { Command } from 'commander';
import { compulsoryReason } from '../compulsory-reason';
import { lazily } from '../lazily';

/** Actions on the personal data of a person who cannot use « Mon compte »: under `account`. */
export function addPersonCommands(account: Command): void {
  account
    .command('erase <username>')
    .description('erase a person who asked by letter or has left: what names them is deleted for ever')
    .requiredOption(
      '--reason <text>',
      'how they asked, without their name: the journal keeps it',
      compulsoryReason,
    )
    .option('--received <day>', 'when the request came, such as 2026-11-20 (default: today)')
    .option('--yes', 'do it; without it, say whose account it is')
    .action(lazily(() => import('./erase-account.ts'), 'eraseAccount'));

  account
    .command('export <username>')
    .description('print everything that is kept of a person, as JSON and without any secret')
    .requiredOption('--reason <text>', 'why, as the journal keeps it', compulsoryReason)
    .action(async (username: string, { reason }: { reason: string }) =>
      (await import('./export-account.ts')).exportAccount(username, reason),
    );
}
