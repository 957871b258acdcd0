import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { findProgram } from '../programs';
import { freeze } from '../freeze';
import { scratchFolder } from '../scratch-folder';

const SMALL = [
  '--innodb-log-file-size=8M',
  '--innodb-data-file-path=ibdata1:10M:autoextend',
  '--innodb-undo-tablespaces=0',
];
const INSTALL = [
  '--no-defaults',
  '--auth-root-authentication-method=normal',
  '--skip-test-db',
  '--skip-name-resolve',
  ...SMALL,
];
const START_TIMEOUT_MS = 20_000;

export interface MariadbOptions {
  /** Whether a commit waits for the disk, as in production: for benchmarks, not for tests. */
  durable?: boolean;
  /** Size of the InnoDB buffer pool. Default: 32M. */
  bufferPool?: string;
  /** Further server options, such as `--ssl-cert=…`. */
  args?: readonly string[];
  /** Folder of its files, which is deleted with it. Default: a new one. */
  folder?: string;
}

/** A dedicated MariaDB server, in a folder that is deleted with it. */
export class ThrowAwayMariadb {
  private constructor(
    private process: ChildProcess,
    private readonly folder: string,
    readonly port: number,
    private readonly options: MariadbOptions,
  ) {}

  /** Whether `mariadbd` is installed. */
  static available(): boolean {
    return binary() !== undefined;
  }

  static async start(options: MariadbOptions = {}): Promise<ThrowAwayMariadb> {
    const folder = folderFor(options);
    cpSync(installed(), join(folder, 'data'), { recursive: true });
    const port = await freePort();
    const server = new ThrowAwayMariadb(spawnServer(folder, port, options), folder, port, options);
    await server.#answering();
    return server;
  }

  /** Makes an empty database and gives its URL. */
  async createDatabase(name: string): Promise<string> {
    await this.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    return this.url(name);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.query(`DROP DATABASE IF EXISTS \`${name}\``);
  }

  url(database: string): string {
    return `mysql://root@127.0.0.1:${this.port}/${database}`;
  }

  async query(sql: string): Promise<unknown> {
    const connection = await createConnection({ host: '127.0.0.1', port: this.port, user: 'root' });
    try {
      return (await connection.query(sql))[0];
    } finally {
      await connection.end();
    }
  }

  /** Process id, for benchmarks of processor time. */
  get pid(): number {
    return this.process.pid!;
  }

  /** Hangs the server with its connections open until {@link thaw}. Resolves once it hangs. */
  freeze(): Promise<void> {
    return freeze(this.process);
  }

  thaw(): void {
    this.process.kill('SIGCONT');
  }

  /** Kills the server and keeps its data, like an outage. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await ended(this.process, signal);
  }

  /** Restarts the server after {@link kill}, on the same port with the same data. */
  async restart(): Promise<void> {
    this.process = spawnServer(this.folder, this.port, this.options);
    await this.#answering();
  }

  async stop(): Promise<void> {
    await ended(this.process, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #answering(): Promise<void> {
    const deadline = performance.now() + START_TIMEOUT_MS;
    for (;;) {
      try {
        await this.query('SELECT 1');
        return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await sleep(50);
      }
    }
  }
}

/** A durable commit needs a real disk. */
function folderFor({ durable, folder }: MariadbOptions): string {
  if (folder) return folder;
  const prefix = 'portillon-mariadb-';
  return durable ? mkdtempSync(join(tmpdir(), prefix)) : scratchFolder(prefix);
}

/**
 * Data folder of a newly installed server, made once on this machine: an installation takes two seconds of processor
 * time, and each library and a dozen specs start their own server.
 */
function installed(): string {
  const made = join(tmpdir(), `portillon-mariadb-installed-${userInfo().uid}-${statSync(binary()!).mtimeMs}`);
  if (existsSync(made)) return made;
  const folder = mkdtempSync(join(tmpdir(), 'portillon-mariadb-'));
  execFileSync('mariadb-install-db', [...INSTALL, `--datadir=${folder}`, `--tmpdir=${folder}`, ...asRoot()], {
    stdio: 'pipe',
  });
  try {
    renameSync(folder, made);
  } catch {
    // Another process was first.
    rmSync(folder, { recursive: true });
  }
  return made;
}

function binary(): string | undefined {
  return findProgram('mariadbd');
}

function spawnServer(folder: string, port: number, options: MariadbOptions): ChildProcess {
  return spawn(
    binary()!,
    [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      // A starting server clears its temporary folder: a shared one would lose another server's tables.
      `--tmpdir=${folder}`,
      `--socket=${join(folder, 's.sock')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      ...SMALL,
      `--innodb-buffer-pool-size=${options.bufferPool ?? '32M'}`,
      `--innodb-flush-log-at-trx-commit=${options.durable ? 1 : 0}`,
      '--performance-schema=OFF',
      '--skip-name-resolve',
      '--skip-log-bin',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
      '--sql-mode=STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY',
      '--default-time-zone=+00:00',
      '--max-connections=300',
      ...(options.args ?? []),
      ...asRoot(),
    ],
    { stdio: 'ignore' },
  );
}

function asRoot(): string[] {
  return userInfo().uid === 0 ? ['--user=root'] : [];
}

async function ended(process: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = new Promise((resolve) => process.once('exit', resolve));
  process.kill(signal);
  await exit;
}

/** Returns a free TCP port of the loopback interface. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
