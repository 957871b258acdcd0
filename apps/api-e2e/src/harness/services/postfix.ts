import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, find } from './programs';
import { commandLine, Environment } from '../server/server';

/** Postfix itself needs root. It runs a program only as the configured user, who has no file of the tests. */
const CAN_RUN = Boolean(find('postfix')) && process.getuid?.() === 0;
const ON_MARIADB = Boolean(process.env['PORTILLON_TEST_MARIADB_PORT']);

export const describeWithPostfix = describeWith('Postfix', CAN_RUN && ON_MARIADB, 'postfix, as root');

const DAEMONS = `
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
local unix - n n - - local
postlog unix-dgram n - n - 1 postlogd
`;

/** A separate, real Postfix, which keeps the mailboxes of `domain`; it has none yet. */
export class Postfix {
  readonly #folder = mkdtempSync(join(tmpdir(), 'portillon-postfix-'));
  readonly #settings = join(this.#folder, 'settings');

  /** `guide`: the lines of the guide for `main.cf` and `master.cf`; `portillon` in them runs with this environment. */
  start(domain: string, guide: { main: string; master: string }, environment: Environment): void {
    for (const name of ['settings', 'queue', 'data']) mkdirSync(join(this.#folder, name));
    execFileSync('chown', ['postfix', join(this.#folder, 'data')]);
    chmodSync(this.#folder, 0o755);
    writeFileSync(join(this.#folder, 'portillon'), commandLine(environment), { mode: 0o755 });
    writeFileSync(join(this.#settings, 'main.cf'), this.#main(domain) + guide.main);
    const program = join(this.#folder, 'portillon');
    const master = guide.master
      .replace('/usr/bin/sudo -n /usr/local/bin/portillon', program)
      .replace('=portillon', '=nobody');
    writeFileSync(join(this.#settings, 'master.cf'), DAEMONS + master);
    this.#postfix('start');
  }

  /** Hands a mail on, as a relay does. */
  send(mail: { from: string; to: string; source: Buffer }): void {
    const args = ['-C', this.#settings, '-i', '-f', mail.from, '--', mail.to];
    execFileSync(find('sendmail')!, args, { input: mail.source, stdio: ['pipe', 'pipe', 'inherit'] });
  }

  get log(): string {
    return readFileSync(join(this.#folder, 'log'), 'utf8');
  }

  stop(): void {
    this.#postfix('stop');
    rmSync(this.#folder, { recursive: true });
  }

  #main(domain: string): string {
    return `compatibility_level = 3.6
queue_directory = ${this.#folder}/queue
data_directory = ${this.#folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.portillon.test
mydestination = ${domain}
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file_prefixes = ${tmpdir()}
maillog_file = ${this.#folder}/log
`;
  }

  #postfix(act: 'start' | 'stop'): void {
    execFileSync(find('postfix')!, ['-c', this.#settings, act], { stdio: 'pipe' });
  }
}
