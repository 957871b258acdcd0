import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { run, runNpm } from '../../tools/workspace/command.mjs';

const SOURCES = join(import.meta.dirname, 'foreign-application');
const CODES = ['kernel', 'persistence', 'otp', 'notification', 'outbound', 'session'];
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
  'structure',
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

/** Applications of another team, by platform: NestJS with some of our libraries. */
const APPLICATIONS = {
  express: { nest: '^11', libs: CODES },
  fastify: { nest: '^12', libs: SIGN_IN, others: BESIDE_AUTH },
};

/** Installs and compiles an application outside the workspace, with the packed libraries; resolves to its folder. */
export async function installForeign(platform, packages) {
  const { nest, libs, others } = APPLICATIONS[platform];
  const folder = mkdtempSync(join(tmpdir(), 'portillon-foreign-'));
  const ofAnother = (file) =>
    Object.keys(APPLICATIONS).some((one) => one !== platform && basename(file).startsWith(one));
  cpSync(SOURCES, folder, { recursive: true, filter: (file) => !ofAnother(file) });
  const tarballs = libs.map((lib) => [`@portillon/${lib}`, packages[`@portillon/${lib}`].tarball]);
  const ours = Object.fromEntries(tarballs.map(([name, tarball]) => [name, `file:${tarball}`]));
  ours['@portillon/otp'] = `file:${await laterRelease(packages['@portillon/otp'].tarball, folder)}`;
  const manifest = {
    private: true,
    dependencies: { ...platformOf(nest, platform), ...others, ...ours },
    devDependencies: { '@types/node': '^20', typescript: '~5.9' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await succeed(
    runNpm(['install', '--no-workspaces', '--prefer-offline', '--loglevel=error'], { cwd: folder }),
  );
  const compiler = join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
  await succeed(run(process.execPath, [compiler, '-p', folder], { cwd: folder }));
  return folder;
}

/** The same package with the next release's version: libraries of different releases must work together. */
async function laterRelease(tarball, folder) {
  const place = join(folder, 'later');
  mkdirSync(place);
  await succeed(run('tar', ['-xzf', tarball, '-C', place]));
  const file = join(place, 'package', 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const version = manifest.version.replace(/\d+$/, (patch) => Number(patch) + 1);
  writeFileSync(file, JSON.stringify({ ...manifest, version }));
  await succeed(runNpm(['pack', './package', '--ignore-scripts', '--loglevel=error'], { cwd: place }));
  return join(place, `portillon-otp-${version}.tgz`);
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

/** Starts the application. Once it listens, resolves to its `url` and `stop`. */
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
