import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../tools/workspace/command.mjs';
import { Chroot } from '../chroot.mjs';
import { installNode } from '../debian-13.mjs';

/** Builds and runs images with no engine, no overlay and no rights of a container: folders, and chroot(2). */
export class Buildah {
  #folder = mkdtempSync(join(tmpdir(), 'portillon-buildah-'));
  #store = [
    '--root',
    join(this.#folder, 'store'),
    '--runroot',
    join(this.#folder, 'run'),
    '--storage-driver=vfs',
  ];

  /** Makes `name`, which is node:24-slim as far as ours needs it: Debian 13, Node.js 24 of the npm registry, the user node. */
  makeNodeImage(name) {
    const chroot = new Chroot('trixie', 'image').prepare(['ca-certificates']);
    try {
      installNode(chroot);
      if (!existsSync(join(chroot.folder, 'home/node')))
        chroot.run(['useradd', '--uid', '1000', '--create-home', 'node']);
    } finally {
      chroot.close();
    }
    const container = this.#run('from', 'scratch').trim();
    this.#run('add', '--quiet', container, chroot.folder, '/');
    this.#run('config', '--env', 'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt', container);
    this.#run('commit', '--quiet', '--rm', container, name);
  }

  /** Builds the Dockerfile of the last commit as `name`. */
  build(name, base) {
    const context = join(this.#folder, 'context');
    mkdirSync(context);
    execFileSync('sh', ['-c', `git archive HEAD | tar -x -C ${context}`], { cwd: ROOT });
    const words = [
      'build',
      '--format=docker',
      '--isolation=chroot',
      '--quiet',
      '--file=docker/Dockerfile',
      '--ignorefile=.dockerignore',
    ];
    this.#run(...words, `--build-arg=NODE_IMAGE=${base}`, `--tag=${name}`, '.', { cwd: context });
  }

  /** Makes a container of an image, and returns its name. */
  container(image) {
    return this.#run('from', '--pull-never', image).trim();
  }

  /** Copies /app of a container to where every user may read it, and returns the folder. */
  applicationOf(container) {
    const folder = join(this.#folder, 'app');
    chmodSync(this.#folder, 0o755);
    execFileSync('cp', ['-a', join(this.#run('mount', container).trim(), 'app'), folder]);
    return folder;
  }

  /** Starts a command in a container, as the user and with the environment given; `volumes`: folders by their path there. */
  start(container, command, { user = 'node', environment = {}, volumes = {}, stdio } = {}) {
    const words = [...this.#store, ...runWords(container, command, { user, environment, volumes })];
    // A separate process group: buildah passes a signal on to its whole group.
    return spawn('buildah', words, { stdio, detached: true });
  }

  /** As {@link start}, to its end; returns the standard output. @throws unless it ends with 0 */
  run(container, command, { user = 'node', environment = {}, volumes = {} } = {}) {
    return this.#run(...runWords(container, command, { user, environment, volumes }));
  }

  close() {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(...words) {
    const options = typeof words.at(-1) === 'object' ? words.pop() : {};
    const settings = {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 2 ** 28,
      ...options,
    };
    return execFileSync('buildah', [...this.#store, ...words], settings);
  }
}

function runWords(container, command, { user, environment, volumes }) {
  const variables = Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`);
  const mounted = Object.entries(volumes).map(([path, folder]) => `--volume=${folder}:${path}`);
  return [
    'run',
    '--isolation=chroot',
    `--user=${user}`,
    ...variables,
    ...mounted,
    container,
    '--',
    ...command,
  ];
}
