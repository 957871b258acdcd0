import type { Command } from 'commander';
import type { TrustOptions } from './trust';

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
    .action(async (options: TrustOptions) => (await import('./trust.ts')).stateTrust(options));
}
