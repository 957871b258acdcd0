import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ROOT } from '../tools/workspace/command.mjs';
import { releaseArchive } from './release.mjs';
import { Machine } from './systemd.mjs';

const HOST = 'portail.example';
const PROGRAM = '/opt/portillon/apps/api/bin/portillon.mjs';
const PACKAGES = ['curl', 'mariadb-server', 'nginx-light', 'postfix', 'openssl', 'nodejs'];
/** Gives every mail to one user. */
const POSTFIX = {
  myhostname: 'mail.example',
  mydestination: `${HOST}, hopital.example, mail.example, localhost`,
  luser_relay: 'reader',
  alias_maps: '',
  local_recipient_maps: '',
  inet_interfaces: 'loopback-only',
};
const ANSWERS = `
address: https://${HOST}
operator: Hôpital d’exemple <support@hopital.example>
tls: nginx /etc/ssl/portail.crt /etc/ssl/portail.key
administrator: Hélène Roux <helene.roux@hopital.example>
settings:
  NODE_EXTRA_CA_CERTS: /etc/ssl/portail.crt
`;

/**
 * From a bare Debian 13 with MariaDB, nginx and a mail relay to the first administrator signed in, by `portillon init`.
 * Then a second run, which changes nothing, a changed answer, and an answer that is wrong.
 */
export async function prove() {
  const machine = await Machine.boot({ packages: PACKAGES });
  try {
    await prepare(machine);
    const start = performance.now();
    await refusesWrongAnswers(machine);
    const planned = await machine.run([
      'node',
      PROGRAM,
      'init',
      '--answers',
      '/root/answers.yaml',
      '--dry-run',
    ]);
    assert(planned.includes('create  /etc/portillon/settings (0644)'), 'the dry run shows the files');
    assert(!/SECRET_KEYS=|mysql:\/\/portillon:/.test(planned), 'the dry run shows no secret');
    console.log(
      await machine.run(['node', PROGRAM, 'init', '--answers', '/root/answers.yaml'], { env: authority() }),
    );
    console.log(
      await machine.run(['node', '/root/first-sign-in.mjs', `https://${HOST}`], { env: authority() }),
    );
    console.log(`From the first answer to signed in: ${Math.round((performance.now() - start) / 1_000)} s.`);
    await changesNothing(machine);
    await appliesAChange(machine);
    await keepsTheOperatorsSettings(machine);
  } finally {
    await machine.close();
  }
}

async function prepare(machine) {
  const home = join(machine.root, 'opt/portillon');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', releaseArchive(), '-C', home]);
  cpSync(join(ROOT, 'proofs/init/first-sign-in.mjs'), join(machine.root, 'root/first-sign-in.mjs'));
  writeFileSync(join(machine.root, 'root/answers.yaml'), ANSWERS);
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '90'],
      ...['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`],
      ...[
        '-keyout',
        join(machine.root, 'etc/ssl/portail.key'),
        '-out',
        join(machine.root, 'etc/ssl/portail.crt'),
      ],
    ],
    { stdio: 'ignore' },
  );
  await machine.run(['sh', '-c', `echo 127.0.0.1 ${HOST} >> /etc/hosts`]);
  await machine.run(['useradd', 'reader']);
  for (const [name, value] of Object.entries(POSTFIX))
    await machine.run(['postconf', '-e', `${name} = ${value}`]);
  await machine.run(['systemctl', 'restart', 'mariadb', 'postfix']);
}

/** doctor and the test ask the public address, whose certificate no public authority has signed here. */
function authority() {
  return { NODE_EXTRA_CA_CERTS: '/etc/ssl/portail.crt' };
}

async function refusesWrongAnswers(machine) {
  const wrong = [
    ['address: http://portail.example', /address: PUBLIC_URL must be a URL starting with https/],
    ['database: mysql://root:wrong@127.0.0.1:3306/portillon', /database: the database cannot be used/],
    ['mail: smtp://127.0.0.1:2', /mail: the relay does not answer/],
    ['tls: nginx /etc/ssl/certs/ssl-cert-snakeoil.pem /etc/ssl/portail.key', /tls: /],
    ['sms: TWILIO_AUTH_TOKEN=x', /sms: TWILIO_ACCOUNT_SID/],
    ['colour: green', /colour is no question/],
  ];
  for (const [line, sentence] of wrong) {
    const [name] = line.split(':');
    const text = ANSWERS.replace(new RegExp(`^${name}: .*\\n`, 'm'), '');
    await machine.run(['tee', '/root/wrong.yaml'], { input: `${line}\n${text}` });
    const { stderr = '' } = await machine
      .run(['node', PROGRAM, 'init', '--answers', '/root/wrong.yaml', '--dry-run'])
      .catch((error) => error);
    assert(sentence.test(stderr) && !stderr.includes('    at '), `${line} is refused: ${stderr}`);
  }
}

async function changesNothing(machine) {
  const before = await state(machine);
  const again = await machine.run(['portillon', 'init'], { env: authority() });
  assert(again.includes('Every file is as it should be.'), `a second run writes nothing: ${again}`);
  assert((await state(machine)) === before, 'a second run restarts nothing');
}

/** Digests of the files, and since when the instances run. */
async function state(machine) {
  const files = 'find /etc/portillon /etc/nginx /etc/systemd/system -type f | sort | xargs sha256sum';
  const since = 'systemctl show --property=ActiveEnterTimestampMonotonic portillon@1 portillon@2 nginx';
  return machine.run(['sh', '-c', `${files}; ${since}`]);
}

async function keepsTheOperatorsSettings(machine) {
  const edit = "sed -i 's/^OPERATOR_NAME=.*/OPERATOR_NAME=Clinique/' /etc/portillon/settings && echo CODE_WINDOW_HOURS=8 >> /etc/portillon/settings"; // prettier-ignore
  await machine.run(['sh', '-c', edit]);
  const said = await machine.run(['portillon', 'init'], { env: authority() });
  assert(/kept +\/etc\/portillon\/settings/.test(said), `an upgrade says what it kept: ${said}`);
  const settings = await machine.run(['cat', '/etc/portillon/settings']);
  assert(/^OPERATOR_NAME=Clinique$[^]*^CODE_WINDOW_HOURS=8$/m.test(settings), `an upgrade keeps settings: ${settings}`); // prettier-ignore
}

async function appliesAChange(machine) {
  await machine.run(['sh', '-c', 'echo "  SERVICE_NAME: Orientation" >> /etc/portillon/answers.yaml']);
  await machine.run(['portillon', 'init'], { env: authority() });
  const settings = await machine.run(['portillon', 'settings']);
  assert(/SERVICE_NAME\s+\w+\s+Orientation/.test(settings), `a changed answer takes effect: ${settings}`);
}

function assert(holds, claim) {
  if (!holds) throw new Error(claim);
  console.log(`  ${claim.split('\n')[0].slice(0, 120)}`);
}
