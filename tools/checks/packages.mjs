import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { ROOT, run, runNpm, runPackage } from '../workspace/command.mjs';

const SHIPPED =
  /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts|json)|templates\/.+\.hbs|(hashing|strength)\.worker\.cjs)$/;
const TESTS = /\.spec\.|\/testing\//;
const NEEDED = ['dist/index.js', 'dist/index.d.ts', 'README.md', 'LICENSE'];
const FOLDER = join(ROOT, 'tmp', 'packages');

/** The folders of the libraries that are published, each separately. */
export const PUBLISHED = readdirSync(join(ROOT, 'libs')).filter((lib) => !manifestOf(lib).private);

/** Builds every lib against the packed form of the others. */
export async function buildLibs() {
  const { code, output } = await runPackage('nx', ['run-many', '-t', 'build', '-p', 'libs/*'], {
    env: { NX_TUI: 'false' },
  });
  if (code !== 0) throw new Error(output);
}

/** Packs every published library as for the registry, into an empty folder: `{ files, tarball }` by name; `tarball` is a path. */
export async function packed(folder = FOLDER) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const workspaces = PUBLISHED.flatMap((lib) => ['--workspace', `libs/${lib}`]);
  const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
  const { stdout } = await runNpm([...args, ...workspaces]);
  return Object.fromEntries(
    JSON.parse(stdout).map(({ name, filename, files }) => [
      name,
      { files: files.map((file) => file.path), tarball: join(folder, filename) },
    ]),
  );
}

/** Problems of the package of `lib`, one phrase each. */
export async function problemsOf(lib, packages) {
  const { name } = manifestOf(lib);
  const { files, tarball } = packages[name];
  const missing = NEEDED.filter((file) => !files.includes(file));
  const foreign = files.filter((file) => !SHIPPED.test(file) || TESTS.test(file));
  const { code, output } = await run(process.execPath, ['-e', `require(${JSON.stringify(name)})`]);
  return [
    ...missing.map((file) => `lacks ${file}`),
    ...foreign.map((file) => `should not hold ${file}`),
    ...(code === 0 ? [] : [`plain Node cannot load it: ${output}`]),
    ...(await publishProblems(tarball)),
    ...(await typeProblems(tarball)),
  ];
}

function manifestOf(lib) {
  return JSON.parse(readFileSync(join(ROOT, 'libs', lib, 'package.json'), 'utf8'));
}

/** By publint: whether the claims of package.json are true. */
async function publishProblems(tarball) {
  const data = readFileSync(tarball);
  const pack = { tarball: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) };
  const { messages, pkg } = await publint({ pack, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }));
}

/**
 * By « Are the types wrong? »: whether TypeScript resolves the package as Node and bundlers do. Node before 20.19,
 * and projects with an older `module` setting, cannot require an ES module package; the package declares that.
 */
async function typeProblems(tarball) {
  const packed = createPackageFromTarballData(new Uint8Array(readFileSync(tarball)));
  // Helpers of specs resolve in the workspace only, and are not shipped.
  const analysis = await checkPackage(packed, { excludeEntrypoints: ['./testing'] });
  return (analysis.problems ?? [])
    .filter(({ kind }) => kind !== 'CJSResolvesToESM')
    .map((problem) => `types: ${JSON.stringify(problem)}`);
}
