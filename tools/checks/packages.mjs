import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, runNpm, runPackage } from '../workspace/command.mjs';

const SHIPPED = /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts|js\.map|json))$/;
const TESTS = /\.spec\.|\/testing\//;

/**
 * Builds every lib as somebody else gets it: compiled against the packed form of the others,
 * packed with what belongs in a package and nothing more, and loaded by plain Node.
 */
export async function checkPackages() {
  const libs = readdirSync(join(ROOT, 'libs')).filter((name) =>
    existsSync(join(ROOT, 'libs', name, 'package.json')),
  );
  // What an earlier build left would hide that this one makes nothing.
  for (const lib of libs) rmSync(join(ROOT, 'libs', lib, 'dist'), { recursive: true, force: true });

  const built = await runPackage('nx', ['run-many', '-t', 'build', '-p', 'libs/*', '--parallel=1'], {
    env: { NX_DAEMON: 'false', NX_TUI: 'false' },
  });
  const contents = await packed(libs);
  const problems = await Promise.all(libs.map((lib) => problem(lib, contents)));
  const failures = problems.filter(Boolean);
  const failed = failures.length || Number(built.code !== 0);
  const output = [built.code === 0 ? '' : built.output, ...failures].join('\n');
  return { passed: libs.length - failed, failed, output };
}

/** The files of each package, by its name. */
async function packed(libs) {
  const workspaces = libs.flatMap((lib) => ['--workspace', `libs/${lib}`]);
  const { stdout } = await runNpm([
    'pack',
    '--dry-run',
    '--json',
    '--ignore-scripts',
    '--loglevel=error',
    ...workspaces,
  ]);
  return new Map(JSON.parse(stdout).map(({ name, files }) => [name, files.map((file) => file.path)]));
}

async function problem(lib, contents) {
  const { name } = JSON.parse(readFileSync(join(ROOT, 'libs', lib, 'package.json'), 'utf8'));
  const files = contents.get(name) ?? [];
  const missing = ['dist/index.js', 'dist/index.d.ts', 'README.md', 'LICENSE'].filter(
    (file) => !files.includes(file),
  );
  const foreign = files.filter((file) => !SHIPPED.test(file) || TESTS.test(file));
  if (missing.length) return `${name}: its package lacks ${missing.join(', ')}`;
  if (foreign.length) return `${name}: its package should not hold ${foreign.join(', ')}`;
  const { code, output } = await run(process.execPath, ['-e', `require(${JSON.stringify(name)})`]);
  return code === 0 ? undefined : `${name}: plain Node cannot load it\n${output}`;
}
