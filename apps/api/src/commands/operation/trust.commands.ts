import type { Command } from 'commander';
import { lazily } from '../lazily';

/** What `trust.ts` does, which is loaded when the command runs. */
export function addTrustCommand(program: Command): void {
  program
    .command('trust')
    .description(
      'say what may be signed of this deployment, with its reservations, in French; changes nothing',
    )
    .option('--json', 'print it as JSON')
    .option('--attestation', 'print the attestation of the RIE, for a person to complete (Markdown)')
    .option('--engagement', 'print the yearly undertaking of the RIE, for a person to complete (Markdown)')
    .action(lazily(() => import('./trust.ts'), 'stateTrust'));
}
