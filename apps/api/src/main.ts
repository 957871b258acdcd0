import 'reflect-metadata';
import { Argument, Command, Option } from 'commander';
import type { SectionName } from '@portillon/administration-configuration';
import { addApplicationCommands } from './commands/applications/application.commands';
import { addInitCommand } from './commands/init/init.commands';
import { addIncidentCommands } from './commands/operation/incident.commands';
import { addLimitCommands } from './commands/operation/limit.commands';
import { addMigrateCommand } from './commands/database/migrate.commands';
import { addMoveInCommand } from './commands/accounts/move-in.commands';
import { addStructureCommands } from './commands/structures/structure.commands';
import { addPersonCommands } from './commands/accounts/person.commands';
import { addTrustCommand } from './commands/operation/trust.commands';
import { explain } from './explain-failure';
import { restrictTls } from './tls-suites';
import { compulsoryReason } from './commands/compulsory-reason';
import { lazily } from './commands/lazily';
import { versionLine } from './version-line';

const SECTIONS: SectionName[] = ['structures', 'applications', 'webhooks', 'administrators', 'legalNotice'];
const ROLES = ['professional', 'structure-admin', 'national-admin', 'auditor'];

restrictTls();

/** The command line. Each command loads what it needs when it runs, so that `--help` answers at once. */
const program = new Command('portillon')
  .description('Portillon, the sign-in gate')
  .version(versionLine(), '-V, --version', 'print the version, the commit and the version of Node.js')
  .showHelpAfterError();

program
  .command('serve', { isDefault: true })
  .description('serve the API and the pages')
  .action(lazily(() => import('./commands/serve.ts'), 'serve'));

program
  .command('worker')
  .description('send what waits and purge what has been kept long enough, without serving')
  .action(lazily(() => import('./commands/worker.ts'), 'work'));

addInitCommand(program);
addMigrateCommand(program);

const account = program.command('account').description('create, list and unlock accounts');

account
  .command('create')
  .description('create an account; its password is read from standard input, or made and printed once')
  .requiredOption('--username <name>')
  .requiredOption('--email <address>')
  .requiredOption('--name <display name>')
  .addOption(new Option('--role <role...>').choices(ROLES).default(['professional']))
  .option('--structure <name>', 'made when it does not exist')
  .addOption(new Option('--locale <locale>', 'language of messages').choices(['fr', 'en']).default('fr'))
  .option('--password-stdin', 'read the password from standard input')
  .option('--invite', 'send an invitation instead of making a password; so does --role national-admin')
  .action(lazily(() => import('./commands/accounts/account.ts'), 'createAccount'));

account
  .command('import <file>')
  .description(
    'create the accounts of a CSV file (-: standard input) and invite their holders (default: all of them or none)',
  )
  .option('--dry-run', 'check the lines and make nothing')
  .option('--good-lines', 'import the valid lines, print the invalid ones')
  .option('--undo-when-interrupted', 'a killed import takes back what it made, instead of going on')
  .action(lazily(() => import('./commands/accounts/import-accounts.ts'), 'importAccounts'));

account
  .command('list')
  .description('list accounts, a line each')
  .action(lazily(() => import('./commands/accounts/account.ts'), 'listAccounts'));

account
  .command('unlock <username>')
  .description('let a person try again: wrong passwords, wrong codes and full limits are forgotten')
  .action(lazily(() => import('./commands/accounts/account.ts'), 'unlockAccount'));

account
  .command('deactivate <username>')
  .description('close an account: its sessions and remembered browsers end at once')
  .action(lazily(() => import('./commands/accounts/deactivate-account.ts'), 'deactivateAccount'));

account
  .command('link <username> <nationalId>')
  .description('link an account to the national id of its card or e-CPS, such as 899700366240')
  .action(lazily(() => import('./commands/accounts/link-account.ts'), 'linkAccount'));

addPersonCommands(account);
addMoveInCommand(program);
addStructureCommands(program);

const audit = program.command('audit').description('prove and seal the journal');

audit
  .command('verify')
  .description('prove that nothing sealed was altered, removed, slipped in or put in another order')
  .option('--head <sequence:digest>', 'a head that was noted elsewhere, so that a cut-off end shows')
  .action(lazily(() => import('./commands/operation/audit.ts'), 'verifyAudit'));

audit
  .command('seal')
  .description('seal now what has no seal yet, and print the head')
  .action(lazily(() => import('./commands/operation/audit.ts'), 'sealAudit'));

program
  .command('restore')
  .description('what is done after a backup was restored, or the database lost its last seconds')
  .command('clean')
  .description('end all that the backup has revived: sessions, codes, links, what waits to be sent')
  .option(
    '--lost-seconds',
    'no backup: the database lost its last seconds. Keeps imports, invitations in waves and deliveries',
  )
  .option(
    '--seen <mark...>',
    'what a log or a SIEM received: a head (sequence:digest), or the id of an event',
  )
  .action(lazily(() => import('./commands/database/restore.ts'), 'cleanRestored'));

const keys = program.command('keys').description('make and rotate the secret keys');

keys
  .command('new')
  .description('print a new key for SECRET_KEYS; to replace one, see "keys rotate"')
  .action(lazily(() => import('./commands/keys/keys.ts'), 'printNewKey'));

keys
  .command('rotate')
  .description('say how far a rotation is, what comes next, and what each key has made; changes nothing')
  .action(lazily(() => import('./commands/keys/rotate-keys.ts'), 'rotateKeys'));

const signing = keys.command('signing').description('the keys that sign tokens: next, active, retired');

signing
  .command('list')
  .description('list the keys that sign, that will and that did, a line each')
  .action(lazily(() => import('./commands/keys/signing-keys.ts'), 'listSigningKeys'));

signing
  .command('next')
  .description('make and publish the keys that will sign after the next rotation')
  .action(lazily(() => import('./commands/keys/signing-keys.ts'), 'prepareSigningKeys'));

signing
  .command('rotate')
  .description('have the next keys sign, once they have been published for a day')
  .option('--now', 'wait for no relying party: for a key that was stolen')
  .action(lazily(() => import('./commands/keys/signing-keys.ts'), 'rotateSigningKeys'));

addApplicationCommands(program);

const webhook = program.command('webhook').description('list and try out webhooks, send again');

webhook
  .command('list [id]')
  .description('list the webhooks, a line each, or the latest deliveries of one')
  .action(lazily(() => import('./commands/applications/webhook.ts'), 'listWebhooks'));

webhook
  .command('replay <delivery>')
  .description('send a delivery that ended again, with the same webhook-id')
  .action(lazily(() => import('./commands/applications/webhook.ts'), 'replayDelivery'));

webhook
  .command('test <id>')
  .description('send one event of the type webhook.test and say what came of it')
  .action(lazily(() => import('./commands/applications/webhook.ts'), 'testWebhook'));

addLimitCommands(program);
addIncidentCommands(program);

const gate = program.command('gate').description('the rules of the applications behind a reverse proxy');

gate
  .command('explain <url>')
  .description('say what the gate would answer to a request, by which rule, and why; changes nothing')
  .option('--as <username>', 'the person, signed in just now (default: no one)')
  .option('--method <method>', 'HTTP method', 'GET')
  .option('--acr <level>', 'how they signed in: eidas1, eidas1-mfa, eidas2, eidas3', 'eidas1')
  .option('--profession <code>', 'of the activity that they chose, a code of Pro Santé Connect: 10')
  .action(lazily(() => import('./commands/applications/gate.ts'), 'explainGate'));

program
  .command('apply [file]')
  .description(
    'bring structures, applications, webhooks, administrators and texts of the law to what a YAML file says, or nothing',
  )
  .option('--dry-run', 'say by name what would change, and change nothing')
  .option(
    '--check',
    'the same; exit code 1 when something would change, 2 when the file is wrong or the check fails',
  )
  .option('--schema', 'print the JSON Schema of the file, for editors')
  .action(lazily(() => import('./commands/configuration/apply.ts'), 'applyConfiguration'));

const exporting = program
  .command('export')
  .description('print the file that "apply" takes, as the deployment is; never a secret')
  .addArgument(new Argument('[sections...]', 'these alone').choices(SECTIONS))
  .action(lazily(() => import('./commands/configuration/export-configuration.ts'), 'exportConfiguration'));

exporting
  .command('people <file>')
  .description('write everyone into a file that "move-in" reads, with the digests of their passwords')
  .requiredOption('--by <username>', 'the national administrator who requests it')
  .requiredOption('--second <username>', 'another one, who gets a code by mail and gives it to you')
  .requiredOption('--reason <text>', 'why, as the journal keeps it', compulsoryReason)
  .action(lazily(() => import('./commands/accounts/export-people.ts'), 'exportPeople'));

program
  .command('settings')
  .description('print the settings that hold and where each comes from; of a secret, whether it is set')
  .option('--json', 'print it as JSON')
  .action(lazily(() => import('./commands/configuration/settings.ts'), 'printSettings'));

program
  .command('bounce')
  .description('read a delivery report from standard input and note the address that is gone')
  .action(lazily(() => import('./commands/operation/bounce.ts'), 'readBounce'));

program
  .command('doctor')
  .description('say for every dependency whether it answers, and what to do')
  .option('--json', 'print it as JSON')
  .option('--dns', 'ask the DNS too what receivers of mails ask it: SPF, DKIM, DMARC, MX')
  .option(
    '--resolver <address>',
    'of that question, such as 192.0.2.53 or 127.0.0.1:5353; default: the machine’s',
  )
  .action(lazily(() => import('./commands/operation/doctor.ts'), 'examine'));

addTrustCommand(program);

program
  .command('openapi')
  .description('print the OpenAPI document')
  .action(lazily(() => import('./commands/openapi.ts'), 'printOpenApi'));

// For the tools of this repository alone: the trust pages and the page « Données personnelles » are made of it.
program
  .command('tables', { hidden: true })
  .action(async () => (await import('./commands/openapi.ts')).printTables());

program.parseAsync().catch(async (error: unknown) => {
  console.error(await explain(error));
  const { exitCode } = error as { exitCode?: number };
  process.exit(Math.max(exitCode ?? 1, Number(process.exitCode ?? 1)));
});
