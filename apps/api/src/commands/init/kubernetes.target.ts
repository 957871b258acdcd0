import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandRefusal } from '../refusal';
import { LOCAL_DATABASE } from './database-answer';
import { administratorOptions, shellQuoted } from './questions';
import { accountsSql } from './database-accounts';
import { type Deployment, secretFileName } from './deployment';
import type { PlannedFile } from './planned-file';
import { RELEASE, releaseFile, settingsText } from './release-files';
import type { Target } from './target.types';

const EXAMPLE = 'deploy/kubernetes/example';
const EXAMPLE_HOST = 'portail.example';
/** Beside the example, since it names the base by a relative path. */
const FOLDER = join(RELEASE, 'deploy/kubernetes/installed');
const SECRET = 0o600;

/** An overlay of the Kustomize base. Its secrets are files for your vault. */
export const kubernetesTarget: Target = {
  answersFile: join(FOLDER, 'answers.yaml'),
  unchecked: ['database', 'machines'],
  kept: (name) => {
    try {
      return readFileSync(join(FOLDER, 'secrets', secretFileName(name)), 'utf8').trim();
    } catch {
      return undefined;
    }
  },
  files: (deployment) => {
    if (deployment.answers.database === LOCAL_DATABASE)
      throw new CommandRefusal('database: must be mysql://host:3306/portillon: the pods share one');
    return filesOf(deployment);
  },
  start: ({ answers, publicUrl }) => {
    const create = `account create ${administratorOptions(answers.administrator).map(shellQuoted).join(' ')}`;
    console.log(
      [
        `Next, with the files of ${FOLDER}:`,
        '  1. Name the image by its digest in kustomization.yaml.',
        '  2. Run secrets/accounts.sql on the database as its administrator.',
        '  3. Make the Secrets that kustomization.yaml names from the files of secrets/.',
        `  4. kubectl apply -k ${FOLDER}`,
        '  5. portillon migrate --grants serve: run its SQL on the database too.',
        `  6. kubectl -n portillon exec deploy/portillon -- /app/apps/api/bin/portillon.mjs ${create}`,
        `Then open ${publicUrl}.`,
      ].join('\n'),
    );
    return Promise.resolve();
  },
};

function filesOf(deployment: Deployment): PlannedFile[] {
  return [
    ...['kustomization.yaml', 'namespace.yaml', 'ingress.yaml'].map((name) => exampleFile(name, deployment)),
    { path: join(FOLDER, 'settings.env'), text: settingsFile(deployment) },
    ...Object.entries(deployment.secrets).map(([name, text]) => secretFile(secretFileName(name), text)),
    secretFile(
      'accounts.sql',
      `${accountsSql(deployment.answers.database, deployment.passwords).join(';\n')};\n`,
    ),
  ];
}

function exampleFile(name: string, { host }: Deployment): PlannedFile {
  return { path: join(FOLDER, name), text: releaseFile(join(EXAMPLE, name)).replaceAll(EXAMPLE_HOST, host) };
}

/** What the example sets for every cluster (ports, addresses to listen on), then what the answers decide. */
function settingsFile({ settings }: Deployment): string {
  const common = releaseFile(join(EXAMPLE, 'settings.env'))
    .split('\n')
    .filter((line) => /^(OPS_)?(HOST|PORT)=/.test(line));
  return `${common.join('\n')}\n${settingsText(settings)}`;
}

function secretFile(name: string, text: string): PlannedFile {
  return {
    path: join(FOLDER, 'secrets', name),
    text: name.endsWith('.sql') ? text : `${text}\n`,
    mode: SECRET,
  };
}
