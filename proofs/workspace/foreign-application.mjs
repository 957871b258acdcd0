import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { run, runNpm } from '../../tools/workspace/command.mjs';

const SOURCES = join(import.meta.dirname, 'foreign-application');
const CODES = ['kernel', 'persistence', 'otp', 'notification', 'session'];
const SIGN_IN = [
  ...CODES,
  'access',
  'account',
  'audit',
  'auth',
  'credential',
  'http',
  'rate-limit',
  'security-notice',
];
const BESIDE_AUTH = {
  '@nestjs/passport': '^12',
  '@nestjs/schedule': '^12',
  '@nestjs/swagger': '^12',
  'class-transformer': '^0.5',
  'class-validator': '^0.15',
  fastify: '^5',
  passport: '^0.7',
  pino: '^10',
};

/** The applications that another team may have, by platform: NestJS, and the libs of ours that it takes. */
const APPLICATIONS = {
  express: { nest: '^11', libs: CODES },
  fastify: { nest: '^12', libs: SIGN_IN, others: BESIDE_AUTH },
};

/** Installs and compiles an application outside the workspace, with the packed libs; resolves to its folder. */
export async function installForeign(platform, packages) {
  const { nest, libs, others } = APPLICATIONS[platform];
  const folder = mkdtempSync(join(tmpdir(), 'portillon-foreign-'));
  const ofAnother = (file) =>
    Object.keys(APPLICATIONS).some((one) => one !== platform && basename(file).startsWith(one));
  cpSync(SOURCES, folder, { recursive: true, filter: (file) => !ofAnother(file) });
  const tarballs = libs.map((lib) => [`@portillon/${lib}`, `file:${packages[`@portillon/${lib}`].tarball}`]);
  const ours = Object.fromEntries(tarballs);
  const manifest = {
    private: true,
    dependencies: { ...platformOf(nest, platform), ...others, ...ours },
    devDependencies: { '@types/node': '^20', typescript: '~5.9' },
    // A lib that another lib needs is the packed one too.
    overrides: ours,
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await succeed(
    runNpm(['install', '--no-workspaces', '--prefer-offline', '--loglevel=error'], { cwd: folder }),
  );
  const compiler = join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
  await succeed(run(process.execPath, [compiler, '-p', folder], { cwd: folder }));
  return folder;
}

function platformOf(nest, platform) {
  return {
    '@nestjs/common': nest,
    '@nestjs/core': nest,
    '@nestjs/typeorm': nest,
    [`@nestjs/platform-${platform}`]: nest,
    mysql2: '^3',
    'reflect-metadata': '^0.2',
    rxjs: '^7',
    typeorm: '^1.1',
  };
}

async function succeed(running) {
  const { code, output } = await running;
  if (code !== 0) throw new Error(output);
}

/** Starts the application; resolves, once it listens, to its `url` and to `stop`. */
export async function startForeign(folder, platform, env) {
  const child = spawn(process.execPath, [join(folder, 'dist', `${platform}.main.js`)], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const listening = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('http') && resolve(line));
  });
  const url = await Promise.race([listening, ended.then(() => undefined)]);
  if (!url) throw new Error(Buffer.concat(said).toString());
  return { url, stop: () => (child.kill('SIGTERM'), ended) };
}
