import { type Command, Option } from 'commander';
import { lazily } from '../lazily';

/** The commands of applications. Each loads its code only when it is called. */
export function addApplicationCommands(program: Command): void {
  const application = program.command('application').description('register and keep applications');

  application
    .command('create')
    .description('register an application of the whole service')
    .requiredOption('--name <name>', 'as people read it')
    .addOption(
      new Option('--kind <kind>').choices(['web', 'native', 'service', 'gate', 'resource']).default('web'),
    )
    .option('--redirect-uri <uris...>', 'where a sign-in comes back to, to the letter', [])
    .option('--post-logout-redirect-uri <uris...>', 'where a sign-out comes back to, to the letter')
    .option('--backchannel-logout-uri <uri>', 'where the end of a session is announced')
    .option('--home-uri <uri>', 'where the tile of the home page leads')
    .option('--scope <scopes...>', 'what it may ask for; without it: openid and profile, of a machine none')
    .option(
      '--resource <uris...>',
      'the APIs for which it may ask for access tokens, with their scopes: "https://api.example planning:read"',
    )
    .addOption(
      new Option(
        '--auth-method <method>',
        'how it proves who it is; without it: by a secret, or not at all',
      ).choices(['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth']),
    )
    .option('--jwks-uri <uri>', 'with private_key_jwt: where its public keys are')
    .option('--tls-subject-dn <dn>', 'with tls_client_auth: the subject of its certificate')
    .option('--no-claim-names', 'keep names from it')
    .option('--claim-mail', 'give it the mail address')
    .option('--claim-groups', 'give it roles as groups')
    .option('--trusted', 'the operator’s own: no consent is asked')
    .addOption(
      new Option('--id-token-alg <alg>', 'how its ID tokens are signed')
        .choices(['RS256', 'ES256'])
        .default('RS256'),
    )
    .addOption(
      new Option('--pkce <rule>', 'when its requests may come without PKCE: with a nonce, or always')
        .choices(['required', 'nonce', 'off'])
        .default('required'),
    )
    .option('--offline-access', 'give it refresh tokens, which end with the session')
    .option('--gate-assertion', 'of kind gate: answer Portillon-Assertion with each check')
    .action(lazily(() => import('./application.ts'), 'createApplication'));

  application
    .command('list')
    .description('list the applications, a line each')
    .action(lazily(() => import('./application.ts'), 'listApplications'));

  application
    .command('show <id>')
    .description('print the settings of an application')
    .action(lazily(() => import('./application.ts'), 'showApplication'));

  application
    .command('secret [id]')
    .description('make a secret and print it once, beside the one in use; without an id, one for "apply"')
    .option('--end <secret>', 'end this secret instead')
    .action(lazily(() => import('./application.ts'), 'changeSecret'));

  application
    .command('disable <id>')
    .description('close an application at once')
    .action(lazily(() => import('./application.ts'), 'disableApplication'));

  application
    .command('check <id>')
    .description('say what would keep an application from working, and why it was refused lately')
    .action(lazily(() => import('./application.ts'), 'checkApplication'));
}
