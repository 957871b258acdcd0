import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace/command.mjs';

const EXPORTED = /export\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'\.[^']*'/g;
const LIBRARY = "'@portillon/(?<library>[a-z-]+)'";
/** `import { A } from '…'`, `const { A } = await import('…')`, `import('…').A`, `declare module '…' { interface A`. */
const TAKEN = [
  String.raw`(?:import|export)\s+(?:type\s+)?\{(?<list>[^}]*)\}\s+from\s+${LIBRARY}`,
  String.raw`\{(?<list>[^{}]*)\}\s*=\s*await import\(${LIBRARY}`,
  String.raw`import\(${LIBRARY}\)\.(?<list>\w+)`,
  String.raw`declare module ${LIBRARY} \{\s*(?:/\*\*.*\*/\s*)?interface (?<list>\w+)`,
].map((pattern) => new RegExp(pattern, 'g'));
const READ = /\.(ts|vue|mjs|md)$/;
/** The test library and the generated client are taken as a whole. */
const UNCOUNTED = new Set(['testing', 'api-client']);

/** Exported names of each library: `{ otp: Set { 'OtpModule', … } }`. */
function exportsOfLibraries() {
  const libraries = readdirSync(join(ROOT, 'libs')).filter((name) => !UNCOUNTED.has(name));
  const index = (name) => join(ROOT, 'libs', name, 'src/index.ts');
  return Object.fromEntries(
    libraries
      .filter((name) => existsSync(index(name)))
      .map((name) => [
        name,
        new Set(
          [...readFileSync(index(name), 'utf8').matchAll(EXPORTED)].flatMap(([, list]) => namesOf(list)),
        ),
      ]),
  );
}

/** Exports that no other project imports or augments, and no README names: `['otp: AttemptCount', …]`. */
export function unusedExports() {
  const left = exportsOfLibraries();
  const files = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  for (const file of files.filter((one) => READ.test(one) && existsSync(join(ROOT, one))))
    for (const [library, name] of takenBy(file)) left[library]?.delete(name);
  return Object.entries(left).flatMap(([library, names]) => [...names].map((name) => `${library}: ${name}`));
}

/** `[['otp', 'OtpModule'], …]`. A snippet in a README counts, as does a name in the library's own README. */
function takenBy(file) {
  const own = /^libs\/([^/]+)\//.exec(file)?.[1];
  const text = readFileSync(join(ROOT, file), 'utf8');
  const named = file.endsWith('README.md') ? [...text.matchAll(/\w+/g)].map(([name]) => [own, name]) : [];
  const taken = TAKEN.flatMap((pattern) => [...text.matchAll(pattern)])
    .filter(({ groups }) => groups.library !== own || file.endsWith('.md'))
    .flatMap(({ groups }) => namesOf(groups.list).map((name) => [groups.library, name]));
  return [...named, ...taken];
}

function namesOf(list) {
  return list
    .split(',')
    .map(
      (one) =>
        one
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+/)[0],
    )
    .filter(Boolean);
}

const DECLARED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:const|function\*?|class|interface|type|enum) (\w+)/gm;

/** Names that two files of libraries and server export: `['find: libs/a/src/b.ts, libs/c/src/d.ts', …]`. */
export function namesDeclaredTwice() {
  const places = new Map();
  const files = execFileSync('git', ['ls-files', 'libs/*/src/*.ts', 'apps/api/src/*.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).split('\n');
  for (const file of files.filter(isProduct)) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const names = new Set([...text.matchAll(DECLARED)].map(([, name]) => name));
    for (const name of names) places.set(name, [...(places.get(name) ?? []), file]);
  }
  return [...places]
    .filter(([, { length }]) => length > 1)
    .map(([name, all]) => `${name}: ${all.join(', ')}`);
}

/** `nest-guard` is installed without any other library of ours, so that it may repeat a name. */
function isProduct(file) {
  return (
    file.endsWith('.ts') &&
    !/\.spec\.ts$|\/testing\/|^libs\/(testing|nest-guard)\/|\/migrations\/|\/generated\//.test(file) &&
    existsSync(join(ROOT, file))
  );
}
