import { execFileSync } from 'node:child_process';
import { basename, extname } from 'node:path';
import { commitOf, LAST } from './bench/prove/last-release.mjs';
import { ROOT } from './workspace/command.mjs';

const LEFT_OUT = new Set(['package-lock.json', '.png', '.ico', '.woff2', '.webp']);
const IS_TEST = /\.spec\.[a-z]+$|\/testing\/|^libs\/testing\/|^apps\/(?:(?:api|web)-e2e|web\/test)\//;

/** Paths of each part; the first matching part counts a file. */
const PARTS = {
  tests: (path) => IS_TEST.test(path),
  'libs, apps/api': (path) => /^(?:libs\/[^/]+|apps\/api)\/src\/.*\.ts$/.test(path),
  'apps/web': (path) => /^apps\/web\/.*\.(?:ts|vue|css|html)$/.test(path),
  'texts of the pages': (path) => path.startsWith('apps/web/src/locales/'),
  documents: (path) => /^docs\/|\.md$/.test(path),
  'tools and proofs': (path) => /^(?:tools|proofs)\//.test(path),
  others: () => true,
};

/** Non-blank lines of the files in Git, without the lock file and images: by part, and in total. `commit`: default, the files as they are. */
export function sizes(commit) {
  const sums = Object.fromEntries(Object.keys(PARTS).map((name) => [name, 0]));
  let [all, server] = [0, 0];
  for (const [path, lines] of linesByPath(commit)) {
    sums[Object.keys(PARTS).find((name) => PARTS[name](path))] += lines;
    all += lines;
    if (path.startsWith('apps/api/src/') && path.endsWith('.ts') && !IS_TEST.test(path)) server += lines;
  }
  return { all, ...sums, 'of which apps/api': server };
}

/** The trend since the last release in one line, for `npm test`. It passes no judgement. Undefined without its commit. */
export function trend() {
  try {
    const [now, then] = [sizes(), sizes(commitOf(LAST))];
    const parts = ['libs, apps/api', 'apps/web', 'tests'].map((part) => `${part} ${shown(now, then, part)}`);
    return `Lines since ${LAST}: ${parts.join(' · ')}`;
  } catch {
    // A shallow clone.
    return undefined;
  }
}

function shown(now, then, part) {
  const change = now[part] - then[part];
  return `${now[part].toLocaleString('en')} (${change < 0 ? '−' : '+'}${Math.abs(change).toLocaleString('en')})`;
}

function linesByPath(commit) {
  const counting = ['grep', '-cI', '[^[:space:]]', ...(commit ? [commit] : [])];
  const counted = execFileSync('git', counting, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
  return counted
    .trimEnd()
    .split('\n')
    .map((line) => /^(?:[0-9a-f]{40}:|v[\w.-]+:)?(.*):(\d+)$/.exec(line))
    .filter(([, path]) => !LEFT_OUT.has(basename(path)) && !LEFT_OUT.has(extname(path)))
    .map(([, path, lines]) => [path, Number(lines)]);
}

if (process.argv[1] === import.meta.filename) {
  const [now, then] = [sizes(), sizes(commitOf(LAST))];
  for (const name of Object.keys(now)) console.log(`${shown(now, then, name).padStart(20)}  ${name}`);
  console.log(`in brackets: the change since ${LAST}`);
}
