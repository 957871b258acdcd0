import { createServer, Server, Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { eventOfLine } from './ocsf';
import { SyslogCollector } from './syslog.collector';

const LINE = {
  id: '01a20e4e-456f-7512-ad13-30b1f69779ef',
  happenedAt: new Date('2026-11-29T03:00:00.123Z'),
  name: 'authn_login_fail',
  outcome: 'FAILURE' as const,
  accountId: 'claire',
  actorId: null,
  structureId: null,
  means: 'password',
  channel: null,
  address: '192.0.2.7',
  device: 'Firefox « é » 😀',
  requestId: null,
  reason: 'wrong-password',
  data: null,
  sealSequence: 3,
};
const EVENT = eventOfLine(LINE, undefined, true);

describe('a syslog collector', () => {
  let server: Server;
  let collector: SyslogCollector;
  let sockets: Socket[];
  let read: Buffer[];
  /** What it does with a connection. */
  let reads: boolean;

  beforeEach(async () => {
    [sockets, read, reads] = [[], [], true];
    server = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      if (reads) socket.on('data', (chunk) => read.push(chunk));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = new URL(`syslog+tcp://127.0.0.1:${port}`);
    collector = new SyslogCollector({ kind: 'syslog', url, tls: false, headers: {} });
  });
  afterEach(() => {
    collector.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('receives messages with a byte length prefix, in ASCII only', async () => {
    await collector.send([EVENT, EVENT]);
    await collector.confirm();
    const text = Buffer.concat(read).toString('latin1');
    const [, length, rest] = /^(\d+) (.*)$/s.exec(text)!;
    const message = rest!.slice(0, Number(length));
    expect(rest!.slice(Number(length))).toBe(`${length} ${message}`);
    const form = /^<84>1 2026-11-29T03:00:00\.123Z \S+ portillon \d+ authn_login_fail - (\{.*\})$/;
    expect(JSON.parse(form.exec(message)![1]!)).toMatchObject({
      http_request: { user_agent: LINE.device },
      metadata: { uid: LINE.id },
    });
  });

  it('has read all lines when it closes after us', async () => {
    await collector.send([EVENT]);
    await expect(collector.confirm()).resolves.toBeUndefined();
  });

  it('with a broken connection does not count as having read', async () => {
    await collector.send([EVENT]);
    sockets[0]!.resetAndDestroy();
    await new Promise((resolve) => sockets[0]!.once('close', resolve));
    await expect(collector.confirm()).rejects.toThrow();
  });

  it('that reads nothing is given up after its time limit', async () => {
    reads = false;
    await collector.send([EVENT]);
    jest.useFakeTimers();
    const confirmed = expect(collector.confirm()).rejects.toThrow('the collector did not answer in time');
    await jest.advanceTimersByTimeAsync(5_000);
    await confirmed;
    jest.useRealTimers();
  });
});
