import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../programs';
import { scratchFolder } from '../scratch-folder';
import { freePort } from './throw-away-mariadb';

const START_TIMEOUT_MS = 20_000;
const USERNAME = 'portillon';
const PASSWORD = 'password-of-the-tests';

interface Ports {
  admin: number;
  boxes: number;
  http: number;
}

/** Debian's Kannel: its bearerbox, bound to an operator by SMPP, and its smsbox with an HTTP interface. */
export class Kannel {
  readonly username = USERNAME;
  readonly password = PASSWORD;
  readonly #folder = scratchFolder('portillon-kannel-');
  readonly #processes: ChildProcess[] = [];
  #ports!: Ports;

  /** Whether it is installed. CI requires it. */
  static available(): boolean {
    return Boolean(findProgram('bearerbox') && findProgram('smsbox')) || Boolean(process.env['CI']);
  }

  get sendUrl(): string {
    return `http://127.0.0.1:${this.#ports.http}/cgi-bin/sendsms`;
  }

  /** Starts it, and resolves once it is bound to the operator. */
  async start(smppPort: number): Promise<this> {
    const [admin, boxes, http] = [await freePort(), await freePort(), await freePort()];
    this.#ports = { admin, boxes, http };
    const file = join(this.#folder, 'kannel.conf');
    writeFileSync(file, configuration(this.#ports, smppPort, this.#folder));
    this.#run('bearerbox', file);
    await until(async () => (await this.#status()).includes('(online'));
    this.#run('smsbox', file);
    await until(async () => (await this.#status()).includes('on-line'));
    return this;
  }

  async stop(): Promise<void> {
    for (const one of this.#processes.splice(0).reverse()) await ended(one);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(program: 'bearerbox' | 'smsbox', file: string): void {
    const path = findProgram(program);
    if (!path) throw new Error('Kannel is missing: install it with "apt-get install kannel"');
    this.#processes.push(spawn(path, ['-v', '4', file], { stdio: 'ignore', cwd: this.#folder }));
  }

  async #status(): Promise<string> {
    const url = `http://127.0.0.1:${this.#ports.admin}/status.txt?password=${PASSWORD}`;
    return (await fetch(url)).text();
  }
}

function configuration({ admin, boxes, http }: Ports, smppPort: number, folder: string): string {
  return `
group = core
admin-port = ${admin}
admin-interface = 127.0.0.1
admin-password = ${PASSWORD}
smsbox-port = ${boxes}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
log-file = "${folder}/bearerbox.log"
log-level = 3

group = smsc
smsc = smpp
smsc-id = operator
host = 127.0.0.1
port = ${smppPort}
smsc-username = portillon
smsc-password = password
system-type = ""
transceiver-mode = true
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${http}
sendsms-interface = 127.0.0.1
log-file = "${folder}/smsbox.log"
log-level = 3

group = sendsms-user
username = ${USERNAME}
password = ${PASSWORD}
concatenation = false

group = sms-service
keyword = default
max-messages = 0
text = ""
`;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > deadline) throw new Error('Kannel did not start');
    await sleep(20);
  }
}

async function ended(one: ChildProcess): Promise<void> {
  if (one.exitCode !== null || one.signalCode !== null) return;
  const exit = once(one, 'exit');
  one.kill('SIGKILL');
  await exit;
}
