import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from '../../build.mjs';
import { firstPerson, PROGRAM, settings } from '../product.mjs';
import { GaleraCluster } from './galera.mjs';
import { HELD, LOST } from './load.mjs';

const require = createRequire(import.meta.url);
require('@swc-node/register');
const { freePort } = require('../../../libs/testing/src/services/throw-away-mariadb.ts');

/** Kills the writing Galera node during `portillon apply`: either all of the file is applied, or nothing. */
export async function apply({ applications }) {
  await build(['api']);
  const folder = mkdtempSync(join(tmpdir(), 'portillon-prove-'));
  const galera = await GaleraCluster.start(folder, freePort);
  try {
    const ground = { folder, mariadb: galera, mailbox: { url: 'smtp://127.0.0.1:1' } };
    const base = await firstPerson({ ground, name: 'apply', people: 1 });
    const file = join(folder, 'gate.yaml');
    writeFileSync(file, fileOf(applications));
    const count = async () =>
      Number((await galera.query('SELECT COUNT(*) AS n FROM apply.application'))[0].n);

    const first = portillon(base, ['apply', file]);
    await inTransaction(galera);
    await galera.killWriter();
    const acts = [
      ['apply, the writer killed in the middle', () => first],
      ['apply once more', () => portillon(base, ['apply', file])],
      ['apply --check', () => portillon(base, ['apply', file, '--check'])],
    ];
    const lines = [];
    for (const [what, act] of acts)
      lines.push(judged(await lineOf(what, act), String(await count()), applications));
    return lines;
  } finally {
    await galera.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function fileOf(count) {
  const numbers = Array.from({ length: count }, (_, at) => String(at + 1).padStart(4, '0'));
  const entries = numbers.map(
    (number) => `  - clientId: app-${number}
    name: Application ${number}
    kind: gate
    redirectUris: [https://app-${number}.example/.portillon/callback]
    rules: [{ paths: [/], access: signed-in }]
`,
  );
  return `version: 1\napplications:\n${entries.join('')}`;
}

/** After success all of them exist, otherwise none. Only a lost database may cause a failure. */
function judged(line, there, count) {
  const isWhole = there === (line.ended === '0' ? String(count) : '0');
  return { ...line, applications: there, verdict: isWhole ? HELD : LOST };
}

/** Waits until the command has written something that is not committed yet. */
async function inTransaction(galera) {
  const asked = 'SELECT COUNT(*) AS n FROM information_schema.innodb_trx WHERE trx_rows_modified > 20';
  while (Number((await galera.query(asked))[0].n) === 0) await sleep(5);
}

function portillon(base, args) {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: settings(base),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
}

async function lineOf(what, act) {
  const [[code], said, refused] = await act();
  return { what, ended: String(code), said: `${said}${refused}`.trim().split('\n').at(-1) };
}
