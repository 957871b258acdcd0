/** Patterns of code that connects or listens, each with its name. Types and tests are left out. */
const WAYS = [
  ['fetch', /(?<![.\w])(?<!async )fetch\(/],
  ['listen', /\.listen\(/],
  ['createServer', /\{[^}]*\bcreateServer\b[^}]*\} from 'node:/],
  ['request', /^import \{[^}]*\brequest\b[^}]*\} from '(?:node:https?|undici)'/m],
  ['connect', /^import \{[^}]*\bconnect\b[^}]*\} from 'node:(?:net|tls)'/m],
  ['node:dns', /^import \{[^}]*\} from 'node:dns(?:\/promises)?'/m],
  ['undici', /import\('undici'\)/],
  ['mysql2', /^import \{[^}]*\} from 'mysql2/m],
  ['@redis/client', /import\('@redis\/client'\)/],
  ['nodemailer', /^import \{[^}]*\} from '(?:nodemailer|@nestjs-modules\/mailer)'/m],
  ['openid-client', /^import \* as \w+ from 'openid-client'/m],
  ['createRemoteJWKSet', /\bcreateRemoteJWKSet\(/],
  ['exporter-trace-otlp-http', /from '@opentelemetry\/exporter-trace-otlp-http'/],
];

/** Files that connect or listen, each with its purpose. */
export const CONNECTIONS = {
  'apps/api/src/commands/init/check-answer.ts':
    '`portillon init`: whether what an answer names has an address, and answers',
  'apps/api/src/commands/init/database-accounts.ts':
    '`portillon init`: the database server, as its administrator',
  'apps/api/src/commands/operation/doctor.ts': '`portillon doctor`: DNS records of the mail domain',
  'apps/api/src/commands/serve.ts': 'the server itself',
  'libs/operation/src/demo/demo-page.ts': 'in the browser, on the page of the demo’s mailbox',
  'libs/audit/src/stream/otlp.collector.ts': 'the journal, to its collector (OTLP)',
  'libs/audit/src/stream/syslog.collector.ts': 'the journal, to its collector (syslog)',
  'libs/cpx/src/card-server.service.ts': 'the port of the cards',
  'libs/cpx/src/revocation/revocation.service.ts': 'asks the OCSP responder',
  'libs/kernel/src/findings/presented-certificate.ts': 'certificates of our own address, relays and Redis',
  'libs/openid/src/provider/provider-configuration.service.ts':
    'the keys of an application, through `@portillon/outbound`',
  'libs/nest-guard/src/token-verifier.service.ts': 'in an application of others: the keys of Portillon',
  'libs/notification/src/mail/mail.findings.ts': '`portillon doctor`: whether relays of mail answer',
  'libs/notification/src/mail/mailer.options.ts': 'mails, to the relays',
  'libs/notification/src/notification.module.ts': 'sets up the mailer; opens no connection itself',
  'libs/notification/src/sms/provider-connection.ts':
    'SMS, to OVHcloud, Kannel and the gateway of SMS_HTTP_FILE',
  'libs/notification/src/sms/twilio.request-client.ts': 'SMS, to Twilio',
  'libs/operation/src/findings/instance.findings.ts': '`portillon doctor`: whether our own address answers',
  'libs/operation/src/health/health.controller.ts': 'health and metrics, for monitoring',
  'libs/operation/src/telemetry/tracing.ts': 'traces, to their collector',
  'libs/outbound/src/guarded-lookup.ts': 'names of hosts that people name',
  'libs/outbound/src/outbound-client.ts': 'addresses that people name',
  'libs/persistence/src/mysql/server.data-source.ts': 'the database server',
  'libs/pro-sante-connect/src/provider/provider-discovery.service.ts':
    'Pro Santé Connect: what it publishes, its keys, with our certificate',
  'libs/pro-sante-connect/src/provider/provider.service.ts': 'Pro Santé Connect: tokens, userinfo',
  'libs/rate-limit/src/redis-connection.ts': 'Redis or Valkey',
};

/** Users of `@portillon/outbound`, each with its purpose. */
export const OUTBOUND = {
  'libs/administration-applications/src/applications/application-test.service.ts':
    'tests the keys and the sign-out of an application, when an administrator asks',
  'libs/administration-reports/src/directory/directory-client.service.ts':
    'reads what changed in the Annuaire Santé about our people and structures',
  'libs/administration-reports/src/directory/practitioner-directory.service.ts':
    'asks the Annuaire Santé, which the operator names, about a number of the RPPS',
  'libs/openid/src/back-channel/back-channel.findings.ts': 'whether applications receive sign-outs',
  'libs/openid/src/back-channel/logout-delivery.service.ts': 'sends sign-outs to applications',
  'libs/openid/src/provider/provider-configuration.service.ts':
    'fetches the keys that an application publishes',
  'libs/webhook/src/webhook-endpoint.service.ts': 'whether an address of a webhook may be registered',
  'libs/webhook/src/webhook-delivery.service.ts': 'sends webhooks',
};

export function connectionsOf(code) {
  return code.server
    .filter((file) => !file.startsWith('libs/api-client/'))
    .map((file) => ({
      file,
      by: WAYS.filter(([, shape]) => shape.test(code.text(file))).map(([name]) => name),
    }))
    .filter(({ by }) => by.length > 0);
}

export function outboundUsersOf(code) {
  return code.server.filter(
    (file) => !file.startsWith('libs/outbound/') && /\bOutboundService\b/.test(code.text(file)),
  );
}
