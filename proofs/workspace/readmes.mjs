import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run, runNpm } from '../../tools/workspace/command.mjs';

const LIBS = join(ROOT, 'libs');
const COMPILER = {
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2023', 'dom'],
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  outDir: 'dist',
};
const RESULT = /^ *console\.log\(.*\); \/\/ (.*)$/gm;
const LIMIT_MS = 60_000;

/** The example of each README with the output that its comments state: `{ lib, text, expected }`. */
export function examples() {
  return readdirSync(LIBS).flatMap((lib) => {
    const text = /^## Example\n\n```ts\n(.*?)^```/ms.exec(pageOf(lib))?.[1];
    return text ? [{ lib, text, expected: [...text.matchAll(RESULT)].map(([, result]) => result) }] : [];
  });
}

/** Packages that a README's install command names. */
export function installed(lib) {
  const line = /^npm install ((?:.*\\\n)*.*)$/m.exec(pageOf(lib))?.[1] ?? '';
  return line.split(/[\s\\]+/).filter(Boolean);
}

/**
 * Installs the packages named in the READMEs of `libs`, with this version of Nest and our packed packages; returns
 * the application's folder.
 */
export async function installReadmes(nest, packages, libs) {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-readmes-'));
  const names = new Set(libs.flatMap(installed));
  const others = [...names].filter((name) => !(name in packages));
  const manifest = {
    private: true,
    dependencies: {
      ...Object.fromEntries(others.map((name) => [name, versionOf(nest, name)])),
      // No registry has our packages, so their dependencies on each other are listed too.
      ...Object.fromEntries(withOurs([...names]).map((name) => [name, `file:${packages[name].tarball}`])),
    },
    devDependencies: { '@types/node': '^20', typescript: '~5.9' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER }));
  await succeed(
    runNpm(['install', '--no-workspaces', '--prefer-offline', '--loglevel=error'], { cwd: folder }),
  );
  return folder;
}

/** Compiles `{ name, text }` to ES modules and to CommonJS. */
export async function compileExamples(folder, programs) {
  for (const { name, text } of programs)
    for (const kind of ['mts', 'cts']) writeFileSync(join(folder, `${name}.${kind}`), text);
  await succeed(run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: folder }));
}

/** Output lines of a compiled program. @throws Error with the whole output if it fails or does not end */
export async function printed(folder, file, env) {
  const { code, stdout, output } = await run(process.execPath, [join('dist', file)], {
    cwd: folder,
    env,
    limitMs: LIMIT_MS,
  });
  if (code !== 0) throw new Error(output);
  return stdout.trimEnd().split('\n');
}

function pageOf(lib) {
  return readFileSync(join(LIBS, lib, 'README.md'), 'utf8');
}

function withOurs(names) {
  const ours = new Set(names.filter((name) => name.startsWith('@portillon/')));
  for (const name of ours) {
    const file = join(LIBS, name.replace('@portillon/', ''), 'package.json');
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
    for (const other of Object.keys({ ...dependencies, ...peerDependencies }))
      if (other.startsWith('@portillon/')) ours.add(other);
  }
  return [...ours];
}

/** The schedule package follows Nest's versions from 12 on. */
function versionOf(nest, name) {
  if (name === '@nestjs/schedule' && nest === 11) return '^6';
  return name.startsWith('@nestjs/') ? `^${nest}` : '*';
}

async function succeed(running) {
  const { code, output } = await running;
  if (code !== 0) throw new Error(output);
}
