import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Chroot } from './chroot.mjs';

/** What a server of Debian has and debootstrap's smallest system lacks. */
const BARE = ['systemd', 'systemd-sysv', 'dbus', 'ca-certificates', 'curl', 'iproute2', 'procps', 'python3'];
const PATIENCE_MS = 60_000;
const MAX_BUFFER = 2 ** 28;

/**
 * A machine of Debian 13 that systemd starts as its first process, in separate namespaces (systemd-nspawn), with no network
 * but its loopback. Every boot begins from the same files: what the machine writes is in an overlay that {@link close}
 * removes. Needs root, debootstrap and systemd-container.
 */
export class Machine {
  #folder = mkdtempSync(join(tmpdir(), 'portillon-machine-'));
  /** Root of the machine's files, as the test reaches them. */
  root = join(this.#folder, 'root');
  #container;
  #leader;

  /**
   * `packages`: installed before the machine starts. `downloads`: packages that apt finds on its disk, so that what runs on
   * the machine installs them without a network.
   */
  static async boot({ packages = [], downloads = [] } = {}) {
    const chroot = new Chroot('trixie', 'machine').prepare([...BARE, ...packages]);
    try {
      if (downloads.length) chroot.run(['apt-get', 'install', '-y', '-qq', '--download-only', ...downloads]);
      // The lists are of this minute, also those that the archive has not changed.
      chroot.run(['touch', '/var/lib/apt/lists']);
    } finally {
      chroot.close();
    }
    const machine = new Machine();
    try {
      await machine.#start(chroot.folder);
      return machine;
    } catch (error) {
      await machine.close();
      throw error;
    }
  }

  /** Runs a command on the machine and resolves to its standard output. @throws with `code`, `stdout` and `stderr` unless it is 0 */
  async run(command, { input, env = {}, ...options } = {}) {
    const settings = { encoding: 'utf8', maxBuffer: MAX_BUFFER, ...options };
    const running = promisify(execFile)('nsenter', [...this.#enter(env), ...command], settings);
    running.child.stdin.on('error', () => {}).end(input);
    return (await running).stdout;
  }

  /** Starts a command on the machine, as `spawn` does. */
  spawn(command, { env = {}, ...options } = {}) {
    return spawn('nsenter', [...this.#enter(env), ...command], options);
  }

  /** Stops the machine and removes its files. */
  async close() {
    if (this.#container?.exitCode === null) {
      // All processes of a namespace end with its first one. The container's own process alone would leave them behind.
      process.kill(Number(this.#leader ?? this.#container.pid), 'SIGKILL');
      await once(this.#container, 'exit');
    }
    for (let tries = 0; tries < 50 && !unmounted(this.root); tries++) await sleep(100);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(base) {
    const [upper, work] = ['upper', 'work'].map((name) => join(this.#folder, name));
    for (const path of [this.root, upper, work]) mkdirSync(path);
    const layers = `lowerdir=${base},upperdir=${upper},workdir=${work}`;
    execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, this.root]);
    this.#container = spawn(
      'systemd-nspawn',
      ['--quiet', '--boot', '--register=no', '--keep-unit', '--private-network', `--directory=${this.root}`],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await this.#isUp())) {
      if (Date.now() > deadline || this.#container.exitCode !== null)
        throw new Error('systemd did not start');
      await sleep(200);
    }
  }

  async #isUp() {
    this.#leader ??= systemdOf(this.#container.pid);
    if (!this.#leader) return false;
    const state = await this.run(['systemctl', 'is-system-running']).catch(({ stdout }) => stdout ?? '');
    // Degraded: a unit failed for want of a kernel's file; the tests name the units that matter.
    return /^(running|degraded)$/.test(state.trim());
  }

  #enter(env) {
    const variables = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/root',
      ...env,
    };
    const words = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    return ['--all', `--target=${this.#leader}`, 'env', '-i', ...words];
  }
}

/** systemd, among the children of the container's process; undefined before it runs. */
function systemdOf(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children.find((child) => child && readFileSync(`/proc/${child}/comm`, 'utf8') === 'systemd\n');
}

function unmounted(folder) {
  try {
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
