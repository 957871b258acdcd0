import { Command, Option } from 'commander';
import { lazily } from '../lazily';

/** `portillon init`, which `init.ts` carries out. */
export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('install the service: ask eight questions, write the files, make the tables, and start it')
    .option('--answers <file>', 'a YAML file of answers, instead of asking')
    .option('--dry-run', 'check the answers and print what would be written, but change nothing')
    .addOption(
      new Option('--for <target>', 'where the service will run')
        .choices(['systemd', 'compose', 'kubernetes'])
        .default('systemd'),
    )
    .action(lazily(() => import('./init.ts'), 'init'));
}
