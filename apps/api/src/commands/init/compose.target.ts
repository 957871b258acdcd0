import { parse } from 'dotenv';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandRefusal } from '../refusal';
import { administratorOptions, shellQuoted } from './questions';
import { type Deployment, MIGRATING_URL } from './deployment';
import { LOCAL_DATABASE } from './database-answer';
import type { PlannedFile } from './planned-file';
import { RELEASE, settingsText } from './release-files';
import type { Target } from './target.types';

const ENVIRONMENT = join(RELEASE, '.env');
const CERTIFICATES = join(RELEASE, 'docker/certificates');
const COMPOSE = 'docker compose -f docker/compose.yaml --env-file .env';
const SECRET = 0o600;

/** The compose file of this release, with its own database and nginx. */
export const composeTarget: Target = {
  answersFile: join(RELEASE, 'answers.yaml'),
  unchecked: ['database'],
  kept: (name) => (existsSync(ENVIRONMENT) ? parse(readFileSync(ENVIRONMENT))[name] : undefined),
  files: (deployment) => {
    if (deployment.answers.database !== LOCAL_DATABASE)
      throw new CommandRefusal('database: must be "local": the compose file has its own');
    return [
      { path: ENVIRONMENT, text: settingsText(environmentOf(deployment)), mode: SECRET },
      ...certificateFiles(deployment),
    ];
  },
  start: ({ answers, publicUrl }) => {
    const create = `run --rm migrate account create ${administratorOptions(answers.administrator).map(shellQuoted).join(' ')}`;
    console.log(
      [
        'Next, in this folder:',
        `  ${COMPOSE} up --detach`,
        `  ${COMPOSE} ${create}`,
        `  ${COMPOSE} run --rm migrate doctor`,
        `Then open ${publicUrl}.`,
      ].join('\n'),
    );
    return Promise.resolve();
  },
};

/** What compose.yaml sets itself is left out; it makes the URLs of the database from the passwords. */
function environmentOf({ host, settings, secrets, passwords }: Deployment): Record<string, string> {
  const { DATABASE_URL: _url, [MIGRATING_URL]: _migrating, ...others } = secrets;
  const { NODE_ENV: _mode, PUBLIC_URL: _public, TRUSTED_PROXIES: _proxies, ...rest } = settings;
  return {
    PORTILLON_HOST: host,
    DATABASE_PASSWORD: passwords.serving,
    MIGRATE_DATABASE_PASSWORD: passwords.migrating,
    ...rest,
    ...others,
  };
}

function certificateFiles({ tls }: Deployment): PlannedFile[] {
  if (tls.kind !== 'nginx')
    throw new CommandRefusal('tls: must be "nginx CERTIFICATE KEY": the compose file has nginx');
  const copy = (name: string, file: string) => ({
    path: join(CERTIFICATES, name),
    text: readFileSync(file, 'utf8'),
    mode: SECRET,
  });
  return [copy('portillon.crt', tls.certificate), copy('portillon.key', tls.key)];
}
