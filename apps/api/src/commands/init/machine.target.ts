import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Deployment, MIGRATING_URL, secretFileName } from './deployment';
import { accountsSql } from './database-accounts';
import { databaseAnswer } from './database-answer';
import { ACCOUNTS_SQL, ANSWERS, startMachine } from './machine-start';
import { type Instance, nginxFiles } from './nginx-files';
import type { PlannedFile } from './planned-file';
import { RELEASE, releaseFile, settingsText } from './release-files';
import type { Target } from './target.types';

const FOLDER = '/etc/portillon';
const UNITS = '/etc/systemd/system';
const SECRET = 0o600;
const PROGRAM = 0o755;
/** Of instance 1; the next one has the next number. */
const FIRST_PORT = 3_001;
const FIRST_OPS_PORT = 9_461;
const HTTPS_PORT = 443;

/** This machine, with systemd. */
export const machineTarget: Target = {
  answersFile: ANSWERS,
  unchecked: [],
  kept: (name) => {
    try {
      return readFileSync(secretPath(name), 'utf8').trim();
    } catch {
      return undefined;
    }
  },
  files: (deployment) => [
    { path: `${FOLDER}/settings`, text: settingsText(deployment.settings), isSettings: true },
    ...instancesOf(deployment).map((instance) => instanceFile(deployment, instance)),
    ...Object.entries(deployment.secrets).map(([name, text]) => ({
      path: secretPath(name),
      text: `${text}\n`,
      mode: SECRET,
    })),
    ...accountsFile(deployment),
    ...unitFiles(),
    ...nginxFiles(deployment, instancesOf(deployment)),
    ...(deployment.tls.kind === 'server' ? ownTlsFiles(deployment.tls) : []),
  ],
  start: (deployment, changed) => startMachine(deployment, instancesOf(deployment), changed),
};

/** One instance where the server itself listens on the public port, two behind a proxy. */
function instancesOf({ tls }: Deployment): Instance[] {
  if (tls.kind === 'server') return [{ number: 1, port: HTTPS_PORT }];
  return [1, 2].map((number) => ({ number, port: FIRST_PORT + number - 1 }));
}

function instanceFile({ tls }: Deployment, { number, port }: Instance): PlannedFile {
  const settings = {
    HOST: tls.kind === 'nginx' ? '127.0.0.1' : '0.0.0.0',
    PORT: String(port),
    OPS_PORT: String(FIRST_OPS_PORT + number - 1),
  };
  return { path: `${FOLDER}/${number}`, text: settingsText(settings) };
}

/** Every unit gets the secrets of the folder; the account that migrates is beside it. */
function secretPath(name: string): string {
  return `${FOLDER}/${name === MIGRATING_URL ? '' : 'secrets/'}${secretFileName(name)}`;
}

function accountsFile({ answers, passwords }: Deployment): PlannedFile[] {
  if (databaseAnswer(answers.database).hasAdministrator) return [];
  const text = `${accountsSql(answers.database, passwords).join(';\n')};\n`;
  return [{ path: ACCOUNTS_SQL, text, mode: SECRET }];
}

/** Units, their common drop-ins, and the command. */
function unitFiles(): PlannedFile[] {
  const units = readdirSync(join(RELEASE, 'deploy/systemd')).filter((name) => name.endsWith('.service'));
  const file = (name: string, path: string, mode?: number): PlannedFile => ({
    path,
    text: releaseFile(`deploy/systemd/${name}`),
    ...(mode ? { mode } : {}),
  });
  return [
    ...units.map((name) => file(name, `${UNITS}/${name}`)),
    ...['portillon@', 'portillon-'].map((unit) =>
      file('common.conf', `${UNITS}/${unit}.service.d/common.conf`),
    ),
    file('portillon', '/usr/local/bin/portillon', PROGRAM),
  ];
}

/** The server listens on the public port itself, with the certificate as a credential of the unit. */
function ownTlsFiles({ certificate, key }: { certificate: string; key: string }): PlannedFile[] {
  const lines = [
    '[Service]',
    `LoadCredential=tls-certificate:${certificate}`,
    `LoadCredential=tls-key:${key}`,
    'Environment=TLS_CERT_FILE=%d/tls-certificate TLS_KEY_FILE=%d/tls-key',
    '# A port below 1024. In a user namespace the capability would not apply to the network.',
    'AmbientCapabilities=CAP_NET_BIND_SERVICE',
    'CapabilityBoundingSet=CAP_NET_BIND_SERVICE',
    'PrivateUsers=no',
  ];
  return [{ path: `${UNITS}/portillon@.service.d/tls.conf`, text: `${lines.join('\n')}\n` }];
}
