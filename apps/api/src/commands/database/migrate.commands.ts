import { Command, Option } from 'commander';
import type { GrantOptions } from './grants';

/** What `migrate.ts` and `grants.ts` do, which are loaded when the command runs. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the tables to this version')
    .addOption(
      new Option(
        '--grants [account]',
        'print instead the SQL that gives two accounts of MariaDB or MySQL their rights, or one of them',
      ).choices(['migrate', 'serve']),
    )
    .option('--database <name>', 'of these rights', 'portillon')
    .option('--serve-as <account>', 'the account that serves, from where', 'portillon@%')
    .option('--migrate-as <account>', 'the account that migrates, from where', 'portillon-migrate@%')
    .action(async (options: Partial<GrantOptions>) => {
      if (options.grants) (await import('./grants.ts')).printGrants(options as GrantOptions);
      else await (await import('./migrate.ts')).migrate();
    });
}
