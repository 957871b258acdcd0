import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { run, runNpm } from '../workspace/command.mjs';

const SOURCES = join(import.meta.dirname, 'foreign-application');
/** Of ours; every other name in the tree comes from the registry. */
const TAKEN = ['kernel', 'persistence', 'otp', 'notification'];

/** The two applications that a hospital may have: what each is made of, by the name of its main file. */
export const KINDS = {
  express: { nest: '^11', typeorm: '^11', platform: '@nestjs/platform-express' },
  fastify: { nest: '^12', typeorm: '^12', platform: '@nestjs/platform-fastify' },
};

/** Installs an application that is not ours, outside the workspace, with the packed libs; resolves to its folder. */
export async function installForeign(kind, packages) {
  const folder = mkdtempSync(join(tmpdir(), `portillon-${kind}-`));
  const ofAnotherKind = (file) => /main\.\w+\.ts$/.test(file) && !file.endsWith(`main.${kind}.ts`);
  cpSync(SOURCES, folder, { recursive: true, filter: (file) => !ofAnotherKind(file) });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest(KINDS[kind], packages), null, 2));
  await succeed(
    runNpm(['install', '--no-workspaces', '--prefer-offline', '--loglevel=error'], { cwd: folder }),
  );
  const compiler = join(folder, 'node_modules', 'typescript', 'bin', 'tsc');
  await succeed(run(process.execPath, [compiler, '-p', folder], { cwd: folder }));
  return folder;
}

function manifest({ nest, typeorm, platform }, packages) {
  const tarballs = TAKEN.map((lib) => [`@portillon/${lib}`, `file:${packages[`@portillon/${lib}`].tarball}`]);
  return {
    name: 'foreign',
    private: true,
    dependencies: {
      '@nestjs/common': nest,
      '@nestjs/core': nest,
      '@nestjs/typeorm': typeorm,
      [platform]: nest,
      mysql2: '^3',
      'reflect-metadata': '^0.2',
      rxjs: '^7',
      typeorm: '^1.1',
      ...Object.fromEntries(tarballs),
    },
    devDependencies: { '@types/node': '^20', typescript: '~5.9' },
    // A lib that another lib needs is the packed one too.
    overrides: Object.fromEntries(tarballs),
  };
}

async function succeed(running) {
  const { code, output } = await running;
  if (code !== 0) throw new Error(output);
}

/** Starts the application; resolves, once it listens, to its `url` and to `stop`. */
export async function startForeign(folder, kind, env) {
  const child = spawn(process.execPath, [join(folder, 'dist', `main.${kind}.js`)], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const url = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('http') && resolve(line));
  });
  const first = await Promise.race([url, ended.then(() => undefined)]);
  if (!first) throw new Error(Buffer.concat(said).toString());
  return { url: first, stop: () => (child.kill('SIGTERM'), ended) };
}
