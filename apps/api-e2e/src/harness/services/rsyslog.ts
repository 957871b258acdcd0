import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@portillon/testing/servers';
import { eventually } from '../server/eventually';
import { describeWith, find } from './programs';

const RSYSLOG = find('rsyslogd');

export const describeWithRsyslog = describeWith('rsyslog', Boolean(RSYSLOG), 'rsyslog rsyslog-openssl');

/** A line as `<PRI>` and message: the header that rsyslog read, then what it was given. */
export interface SyslogLine {
  facility: string;
  severity: string;
  program: string;
  event: string;
  json: Record<string, unknown> & { metadata: { uid: string; event_code: string } };
}

/** A real rsyslog that takes syslog over TLS and writes what comes to a file. */
export class Rsyslog {
  readonly #folder = mkdtempSync(join(tmpdir(), 'portillon-rsyslog-'));
  readonly certificateFile = join(this.#folder, 'server.pem');
  #process: ChildProcess | undefined;
  port = 0;

  async start(): Promise<void> {
    if (!this.port) await this.#prepare();
    const args = ['-n', '-f', join(this.#folder, 'rsyslog.conf'), '-i', join(this.#folder, 'pid')];
    this.#process = spawn(RSYSLOG ?? 'rsyslogd', args, { stdio: 'ignore' });
    await eventually('rsyslog', () => isListening(this.port));
  }

  /** At once, as a power cut does. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    rmSync(join(this.#folder, 'pid'), { force: true });
  }

  /** It takes connections and bytes no more, and closes nothing. */
  freeze(): void {
    this.#process!.kill('SIGSTOP');
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get lines(): SyslogLine[] {
    const file = join(this.#folder, 'journal.log');
    if (!existsSync(file)) return [];
    const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return whole.map((line) => {
      const [, facility, severity, program, event, json] = /^(\S+) (\S+) (\S+) (\S+) (.*)$/.exec(line)!;
      return {
        facility: facility!,
        severity: severity!,
        program: program!,
        event: event!,
        json: JSON.parse(json!) as SyslogLine['json'],
      };
    });
  }

  async #prepare(): Promise<void> {
    this.port = await freePort();
    const key = join(this.#folder, 'server.key');
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        ...subject,
        '-keyout',
        key,
        '-out',
        this.certificateFile,
      ],
      { stdio: 'ignore' },
    );
    writeFileSync(join(this.#folder, 'rsyslog.conf'), this.#configuration(key));
  }

  /** The configuration of docs/guide/siem.md, in a separate folder. */
  #configuration(key: string): string {
    const page = readFileSync(join(__dirname, '../../../../../docs/guide/siem.md'), 'utf8');
    const [, configuration] = /```rsyslog\n(.*?)```/s.exec(page)!;
    return configuration!
      .replaceAll('/etc/rsyslog.d/portillon.pem', this.certificateFile)
      .replaceAll('/etc/rsyslog.d/portillon.key', key)
      .replace('/var/log/portillon/journal.log', join(this.#folder, 'journal.log'))
      .replace('port="6514"', `port="${this.port}" address="127.0.0.1"`);
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
