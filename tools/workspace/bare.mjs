import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Packages that `npm test` may use, besides those of every Debian. */
const BROUGHT = ['npm', 'npx', 'git'];

const DPKG = '/var/lib/dpkg';

/** Path of a new folder that is the whole PATH of a bare machine: Node, npm, git, Debian's essential packages. */
export function barePath() {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-bare-'));
  // Other users run programs of it too, as from /usr/bin.
  chmodSync(folder, 0o755);
  // Nx adds the folder of the running Node to the PATH of each task: for a link, that is /usr/bin.
  copyFileSync(process.execPath, join(folder, 'node'));
  for (const program of [...BROUGHT.map(onPath), ...essential()])
    if (!existsSync(join(folder, basename(program)))) symlinkSync(program, join(folder, basename(program)));
  return folder;
}

function onPath(program) {
  return process.env.PATH.split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
}

/** On Debian, the essential packages; elsewhere all of /bin. */
function essential() {
  if (!existsSync(DPKG)) return readdirSync('/bin').map((name) => join('/bin', name));
  return readFileSync(`${DPKG}/status`, 'utf8')
    .split('\n\n')
    .filter((entry) => /^Essential: yes$/m.test(entry))
    .flatMap((entry) => filesOf(/^Package: (\S+)$/m.exec(entry)[1], /^Architecture: (\S+)$/m.exec(entry)[1]))
    .filter((path) => /^(\/usr)?\/s?bin\/[^/]+$/.test(path) && existsSync(path));
}

function filesOf(name, architecture) {
  const list = [name, `${name}:${architecture}`].map((one) => `${DPKG}/info/${one}.list`).find(existsSync);
  return readFileSync(list, 'utf8').split('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  console.log(barePath());
