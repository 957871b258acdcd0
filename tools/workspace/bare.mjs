import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Beside what each Debian has at least, which `npm test` may rely on. */
const BROUGHT = ['node', 'npm', 'npx', 'git'];

/** The path of a new folder that serves as the whole PATH of a bare machine: Node, npm, git, Debian's essential packages. */
export function barePath() {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-bare-'));
  for (const program of [...BROUGHT.map(onPath), ...essential()])
    if (!existsSync(join(folder, basename(program)))) symlinkSync(program, join(folder, basename(program)));
  return folder;
}

function onPath(program) {
  return process.env.PATH.split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
}

/** Outside Debian, which alone marks packages as essential: all of /bin. */
function essential() {
  if (!existsSync('/usr/bin/dpkg-query')) return readdirSync('/bin').map((name) => join('/bin', name));
  const packages = execFileSync('dpkg-query', ['-W', '-f=${Essential} ${binary:Package}\n'], {
    encoding: 'utf8',
  })
    .split('\n')
    .flatMap((line) => (line.startsWith('yes ') ? line.slice(4) : []));
  return execFileSync('dpkg-query', ['-L', ...packages], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => /^(\/usr)?\/s?bin\/[^/]+$/.test(path) && existsSync(path));
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  console.log(barePath());
