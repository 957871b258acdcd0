import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bind-mounted into every chroot while it is in use. */
const MOUNTS = ['proc', 'dev'];

/**
 * A Debian release in a folder, made by debootstrap and kept for the next run. Needs root. `suite`: name of the
 * release, such as `trixie` or `unstable`. `name`: of the folder. Default: the suite.
 * @throws if debootstrap is missing or has no archive
 */
export class Chroot {
  #mounted = [];

  constructor(suite, name = suite) {
    this.folder = join(tmpdir(), `portillon-proofs-${name}`);
    this.suite = suite;
  }

  /** Creates the chroot if it is missing, and installs `packages`. */
  prepare(packages = []) {
    const finished = join(this.folder, 'etc/portillon-proofs');
    if (!existsSync(finished)) {
      this.remove();
      execFileSync('debootstrap', ['--variant=minbase', this.suite, this.folder], { stdio: 'inherit' });
      // A mirror may be older than the archive's expiry date allows.
      const apt = join(this.folder, 'etc/apt/apt.conf.d/90portillon');
      writeFileSync(apt, 'Acquire::Check-Valid-Until "false";\nAPT::Install-Recommends "false";\n');
      writeFileSync(finished, '');
    }
    for (const name of MOUNTS) this.mount(`/${name}`, name, ['--rbind', '--make-rslave']);
    if (packages.length)
      this.run(['sh', '-c', `apt-get update -qq && apt-get install -y -qq ${packages.join(' ')}`]);
    return this;
  }

  /** Runs a command in the chroot and resolves to its standard output. @throws with its status unless it is 0 */
  run(command, { env = {}, ...options } = {}) {
    const environment = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/root',
      ...env,
    };
    const settings = {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 2 ** 28,
      ...options,
    };
    return execFileSync('chroot', [this.folder, ...command], {
      ...settings,
      env: { DEBIAN_FRONTEND: 'noninteractive', ...environment },
    });
  }

  /** Bind-mounts a folder of this machine. */
  mount(source, name, options = ['--bind']) {
    const target = join(this.folder, name);
    mkdirSync(target, { recursive: true });
    execFileSync('mount', [...options, source, target]);
    this.#mounted.push(target);
  }

  /** Unmounts what was mounted; the folder stays. */
  close() {
    for (const target of this.#mounted.splice(0).reverse())
      execFileSync('umount', ['-l', target], { stdio: 'ignore' });
  }

  /** Deletes the folder. @throws while something is mounted in it, which would be deleted too */
  remove() {
    if (readFileSync('/proc/mounts', 'utf8').includes(` ${this.folder}/`))
      throw new Error(`Something is mounted in ${this.folder}: unmount it first.`);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
