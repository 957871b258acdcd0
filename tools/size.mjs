import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
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

/** Non-blank lines of the files in Git, without the lock file and images: by part, and in total. */
export function sizes() {
  const counted = countedPaths();
  const sums = Object.fromEntries(Object.keys(PARTS).map((name) => [name, 0]));
  let server = 0;
  for (const path of counted) {
    const lines = linesOf(path);
    sums[Object.keys(PARTS).find((name) => PARTS[name](path))] += lines;
    if (path.startsWith('apps/api/src/') && path.endsWith('.ts') && !IS_TEST.test(path)) server += lines;
  }
  const all = Object.values(sums).reduce((sum, one) => sum + one, 0);
  return { all, ...sums, 'of which apps/api': server };
}

/** Lines of each library without tests: `{ otp: 1124, … }`. */
export function librarySizes() {
  const libraries = {};
  for (const path of countedPaths().filter(PARTS['libs, apps/api'])) {
    const [, library] = /^libs\/([^/]+)\//.exec(path) ?? [];
    if (library && !IS_TEST.test(path)) libraries[library] = (libraries[library] ?? 0) + linesOf(path);
  }
  return libraries;
}

function countedPaths() {
  const paths = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return paths.filter((path) => path && !LEFT_OUT.has(basename(path)) && !LEFT_OUT.has(extname(path)));
}

function linesOf(path) {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
      .split('\n')
      .filter((line) => line.trim()).length;
  } catch {
    // Deleted and not yet committed.
    return 0;
  }
}

if (process.argv[1] === import.meta.filename)
  for (const [name, lines] of Object.entries(sizes()))
    console.log(`${lines.toLocaleString('en').padStart(9)}  ${name}`);
