import type { Command } from 'commander';
import { lazily } from '../lazily';

/** What `limits.ts` does, which is loaded when a command runs. */
export function addLimitCommands(program: Command): void {
  const limits = program
    .command('limits')
    .description('what the limits have counted of an account, an address or a network');

  limits
    .command('list')
    .description('list what is counted now, a line each')
    .option('--account <username>', 'of an account, its address and its number')
    .option('--address <address>', 'of a mail address, or of a number as +33612345678')
    .option('--block <address>', 'of the network that this address is in')
    .option('--json', 'print it as JSON')
    .action(lazily(() => import('./limits.ts'), 'listLimits'));

  limits
    .command('clear')
    .description('forget what is counted, so that messages leave again at once')
    .option('--account <username>', 'of an account, its address and its number')
    .option('--address <address>', 'of a mail address, or of a number as +33612345678')
    .option('--block <address>', 'of the network that this address is in')
    .action(lazily(() => import('./limits.ts'), 'clearLimits'));
}
