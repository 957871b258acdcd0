import { withTimeout } from '@portillon/kernel';
import { once } from 'node:events';
import { connect, isIP, Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as connectSecurely } from 'node:tls';
import { PATIENCE_MS } from '../audit.options';
import type { Collector, AuditStreamOptions } from '../audit.options';
import type { StreamEvent } from './ocsf';

/** `authpriv` (RFC 5424, 6.2.1). */
const FACILITY = 10;
const SEVERITIES = { informational: 6, medium: 4, high: 2 } as const;
const LONGEST_MSGID = 32;
const PORTS = { tls: 6514, plain: 601 } as const;

/**
 * Sends syslog over TLS (RFC 5424, 5425), each message with its length. Syslog has no acknowledgement: lines count as
 * read when the connection is still open at the next turn, and at the end when the collector closes it after us.
 */
export class SyslogCollector implements Collector {
  #socket?: Socket;

  constructor(private readonly options: AuditStreamOptions) {}

  async send(events: readonly StreamEvent[]): Promise<void> {
    this.#socket ??= await this.#connect();
    const socket = this.#socket;
    const written = new Promise<void>((resolve, reject) =>
      socket.write(events.map(frameOf).join(''), (error) => (error ? reject(error) : resolve())),
    );
    await inTime(written);
  }

  async confirm(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket || socket.destroyed || socket.readableEnded) throw new Error('the connection broke');
    const closed = once(socket, 'close');
    socket.end();
    try {
      await inTime(closed);
    } finally {
      socket.destroy();
    }
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #connect(): Promise<Socket> {
    const { url, tls, ca } = this.options;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = Number(url.port) || (tls ? PORTS.tls : PORTS.plain);
    const names = { host, port, ...(ca && { ca }), ...(isIP(host) ? {} : { servername: host }) };
    const socket = tls ? connectSecurely(names) : connect({ host, port });
    // Without a listener an error would end the process; a broken connection shows at its next use.
    socket.on('error', () => undefined).resume();
    try {
      await inTime(once(socket, tls ? 'secureConnect' : 'connect'));
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }
}

/** `MSG-LEN SP SYSLOG-MSG`. The JSON is ASCII, so its length in characters is that in bytes. */
function frameOf({ name, at, severity, json }: StreamEvent): string {
  const priority = FACILITY * 8 + SEVERITIES[severity];
  const header = `<${priority}>1 ${at.toISOString()} ${hostname()} portillon ${process.pid} ${name.slice(0, LONGEST_MSGID)} -`;
  const message = `${header} ${json}`;
  return `${message.length} ${message}`;
}

function inTime(work: Promise<unknown>): Promise<unknown> {
  return withTimeout(PATIENCE_MS, work, 'the collector did not answer in time');
}
