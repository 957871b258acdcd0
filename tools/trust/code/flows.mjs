import { cell, codes, linkTo, pageOf, table } from './markdown.mjs';
import { connectionsOf, CONNECTIONS, OUTBOUND, outboundUsersOf } from './connections.mjs';
import { settingsOf } from './settings.mjs';

const HERE = 'tools/trust/code';
/** Name patterns of settings about network connections. */
const ADDRESS = /(?:^|_)(?:URL|PORT|HOST|ENDPOINT|STREAM|PROXIES|ALLOW)$/;

/** Network flows; `settings`: whose address, then what decides how it is protected. */
const FLOWS = [
  {
    from: 'browsers, applications',
    to: 'server',
    settings: ['PUBLIC_URL', 'HOST', 'PORT'],
    by: ['TLS_CERT_FILE'],
  },
  { from: 'browsers with a card', to: 'server', settings: ['CPX_URL', 'CPX_PORT'], by: ['CPX_TRUST_FILE'] },
  { from: 'reverse proxy', to: 'server', settings: ['TRUSTED_PROXIES'], by: ['CPX_PROXY_SECRET'] },
  {
    from: 'reverse proxy of an application',
    to: 'server',
    settings: ['GATE_PROXIES'],
    by: ['GATE_PROXY_SECRET'],
  },
  { from: 'monitoring', to: 'server, worker', settings: ['OPS_HOST', 'OPS_PORT'], by: [] },
  {
    from: 'server, worker',
    to: 'database',
    settings: ['DATABASE_URL', 'DATABASE_REPLICA_URL'],
    by: ['DATABASE_TLS', 'DATABASE_CA_FILE', 'DATABASE_ALLOW_PLAIN'],
  },
  { from: 'server, worker', to: 'Redis, Valkey', settings: ['REDIS_URL'], by: ['REDIS_ALLOW_PLAIN'] },
  { from: 'server, worker', to: 'relays of mail', settings: ['SMTP_URL'], by: ['SMTP_ALLOW_PLAIN'] },
  { from: 'server, worker', to: 'Twilio', settings: ['TWILIO_API_URL'], by: ['TWILIO_AUTH_TOKEN'] },
  { from: 'server, worker', to: 'OVHcloud', settings: ['OVH_API_URL'], by: ['OVH_APPLICATION_SECRET'] },
  { from: 'server, worker', to: 'Kannel', settings: ['KANNEL_URL'], by: ['KANNEL_PASSWORD'] },
  {
    from: 'server, worker',
    to: 'another SMS gateway',
    settings: ['SMS_HTTP_FILE'],
    by: ['SMS_HTTP_SECRET'],
  },
  {
    from: 'server',
    to: 'Pro Santé Connect',
    settings: ['PSC_DISCOVERY_URL'],
    by: ['PSC_CLIENT_SECRET', 'PSC_CLIENT_CERT'],
  },
  { from: 'server', to: 'OCSP responder of IGC-Santé', settings: ['CPX_OCSP_URL'], by: ['CPX_TRUST_FILE'] },
  { from: 'server, worker', to: 'Annuaire Santé', settings: ['ANNUAIRE_URL'], by: ['ANNUAIRE_KEY'] },
  { from: 'server, worker', to: 'addresses that people name', settings: ['OUTBOUND_ALLOW'], by: [] },
  {
    from: 'server, worker',
    to: 'collector of the journal',
    settings: ['AUDIT_STREAM'],
    by: ['AUDIT_STREAM_CA_FILE', 'AUDIT_STREAM_HEADERS'],
  },
  {
    from: 'server, worker',
    to: 'collector of traces',
    settings: ['OTEL_EXPORTER_OTLP_ENDPOINT'],
    by: ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_INSECURE'],
  },
  { from: 'browsers', to: 'the demo’s application', settings: ['DEMO_APPLICATION_URL'], by: [] },
  { from: 'browsers', to: 'nginx of `docker`', settings: ['PORTILLON_HOST', 'PORTILLON_CARD_HOST'], by: [] },
];

/** Settings with an address but no flow, flows whose setting is gone, and unlisted files that connect. */
export function flowProblems(code) {
  const names = settingsOf(code).map(({ name }) => name);
  const told = FLOWS.flatMap(({ settings, by }) => [...settings, ...by]);
  return [
    ...names
      .filter((name) => ADDRESS.test(name) && !told.includes(name))
      .map((name) => `.env.example: ${name} is an address, and no flow of ${HERE}/flows.mjs has it.`),
    ...told
      .filter((name) => !names.includes(name))
      .map((name) => `${HERE}/flows.mjs names ${name}, which .env.example has not.`),
    ...listProblems(outboundUsersOf(code), OUTBOUND, 'asks addresses that people name'),
    ...listProblems(
      connectionsOf(code).map(({ file }) => file),
      CONNECTIONS,
      'opens connections, or listens',
    ),
  ];
}

export function flowsPage(code) {
  const settings = new Map(settingsOf(code).map((one) => [one.name, one]));
  const rows = FLOWS.flatMap(({ from, to, settings: addresses, by }) =>
    addresses.map((name) => [`\`${name}\``, from, to, codes(by), cell(settings.get(name)?.says ?? '')]),
  );
  return pageOf(
    'Flows: what speaks to what, by which setting',
    'Of `.env.example` and of the files of the server that connect. What each flow carries, and when, is in [architecture](../architecture.md#flows).',
    table(['setting', 'from', 'to', 'protected by', 'what `.env.example` says of it'], rows),
    '## Who asks addresses that people name',
    'All by `@portillon/outbound`: HTTPS to the public Internet alone, or to what `OUTBOUND_ALLOW` names; a redirect is not followed.',
    table(
      ['file', 'what for'],
      outboundUsersOf(code).map((file) => [linkTo(file), OUTBOUND[file] ?? '']),
    ),
    '## Which files connect, or listen',
    table(
      ['file', 'what for', 'by'],
      connectionsOf(code).map(({ file, by }) => [linkTo(file), CONNECTIONS[file] ?? '', codes(by)]),
    ),
  );
}

function listProblems(found, list, does) {
  return [
    ...found
      .filter((file) => !list[file])
      .map((file) => `${file} ${does}, and is not in ${HERE}/connections.mjs.`),
    ...Object.keys(list)
      .filter((file) => !found.includes(file))
      .map((file) => `${HERE}/connections.mjs names ${file}, which no longer ${does}.`),
  ];
}
