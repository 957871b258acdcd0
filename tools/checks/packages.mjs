import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, runNpm, runPackage } from '../workspace/command.mjs';

const SHIPPED = /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts|js\.map|json)|templates\/.+\.hbs)$/;
const TESTS = /\.spec\.|\/testing\//;
const NEEDED = ['dist/index.js', 'dist/index.d.ts', 'README.md', 'LICENSE'];

/** The folders of the libs, each published by itself. */
export const LIBS = readdirSync(join(ROOT, 'libs'));

/** Builds every lib against the packed form of the others. */
export async function buildLibs() {
  const { code, output } = await runPackage('nx', ['run-many', '-t', 'build', '-p', 'libs/*'], {
    env: { NX_TUI: 'false' },
  });
  if (code !== 0) throw new Error(output);
}

/** The files of each package, by its name. */
export async function packed() {
  const workspaces = LIBS.flatMap((lib) => ['--workspace', `libs/${lib}`]);
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error', ...workspaces];
  const { stdout } = await runNpm(args);
  return new Map(JSON.parse(stdout).map(({ name, files }) => [name, files.map((file) => file.path)]));
}

/** What is wrong with the package of `lib`, one phrase each. */
export async function problemsOf(lib, contents) {
  const { name } = JSON.parse(readFileSync(join(ROOT, 'libs', lib, 'package.json'), 'utf8'));
  const files = contents.get(name) ?? [];
  const missing = NEEDED.filter((file) => !files.includes(file));
  const foreign = files.filter((file) => !SHIPPED.test(file) || TESTS.test(file));
  const { code, output } = await run(process.execPath, ['-e', `require(${JSON.stringify(name)})`]);
  return [
    ...missing.map((file) => `lacks ${file}`),
    ...foreign.map((file) => `should not hold ${file}`),
    ...(code === 0 ? [] : [`plain Node cannot load it: ${output}`]),
  ];
}
