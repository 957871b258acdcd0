import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bind-mounted into the chroot while it is in use. */
const MOUNTS = ['proc', 'dev'];

/**
 * A Debian release in a folder, made by debootstrap and kept for the next run. Needs root. `suite`: name of the
 * release, such as `trixie` or `unstable`. `name`: that of the folder. Default: the release. @throws if debootstrap is
 * missing or has no archive
 */
export class Chroot {
  constructor(suite, name = suite) {
    this.folder = join(tmpdir(), `portillon-proofs-${name}`);
    this.suite = suite;
  }

  /** Creates the chroot if it is missing, and installs `packages`. */
  prepare(packages = []) {
    const finished = join(this.folder, 'etc/portillon-proofs');
    if (!existsSync(finished)) {
      rmSync(this.folder, { recursive: true, force: true });
      execFileSync('debootstrap', ['--variant=minbase', this.suite, this.folder], { stdio: 'inherit' });
      // A mirror may be older than the archive's expiry date allows.
      const apt = join(this.folder, 'etc/apt/apt.conf.d/90portillon');
      writeFileSync(apt, 'Acquire::Check-Valid-Until "false";\nAPT::Install-Recommends "false";\n');
      writeFileSync(finished, '');
    }
    this.#mount();
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

  /** Unmounts what {@link prepare} mounted; the folder stays. */
  close() {
    for (const name of MOUNTS) execFileSync('umount', ['-l', join(this.folder, name)], { stdio: 'ignore' });
  }

  #mount() {
    for (const name of MOUNTS) {
      mkdirSync(join(this.folder, name), { recursive: true });
      execFileSync('mount', ['--rbind', '--make-rslave', `/${name}`, join(this.folder, name)]);
    }
  }
}
