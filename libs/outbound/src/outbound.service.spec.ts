import type { LookupAddress } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Test, TestingModule } from '@nestjs/testing';
import { describeWithProgram, HttpsReceiver } from '@portillon/testing';
import { HostResolver } from './guarded-lookup';
import { OutboundModule } from './outbound.module';
import { OutboundService } from './outbound.service';

const receiver = new HttpsReceiver();
const open: TestingModule[] = [];
/** What the name server answers, one list a question; the last one again and again. */
let answers: string[][];

beforeAll(() => receiver.start());
beforeEach(() => {
  receiver.reset();
  answers = [['127.0.0.1']];
});
afterEach(() => Promise.all(open.splice(0).map((module) => module.close())));
afterAll(() => receiver.stop());

const resolver = {
  resolve: async (): Promise<LookupAddress[]> => {
    const found = answers.length > 1 ? answers.shift()! : answers[0]!;
    return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  },
};

async function client(allow: string[], authorities: string | undefined = receiver.certificate) {
  const options = { allow, ...(authorities ? { authorities } : {}) };
  const module = await Test.createTestingModule({ imports: [OutboundModule.forRoot(options)] })
    .overrideProvider(HostResolver)
    .useValue(resolver)
    .compile();
  open.push(module);
  return module.get(OutboundService);
}

const at = (host: string, path = '/hook') => `https://${host}:${receiver.port}${path}`;
const GET = { method: 'GET' } as const;

describeWithProgram('openssl', 'a request to an address from outside', () => {
  it('returns the answer, whatever its status', async () => {
    receiver.mood = { status: 410, headers: { 'Retry-After': '7' }, body: 'gone' };
    const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' } as const;
    expect(await (await client(['127.0.0.1'])).send(at('hooks.example'), asked)).toMatchObject({
      outcome: 'answered',
      status: 410,
      headers: { 'retry-after': '7' },
      body: 'gone',
    });
    expect(receiver.requests).toMatchObject([{ method: 'POST', path: '/hook', body: '{}' }]);
  });

  it.each([
    ['plain HTTP', 'http://hooks.example/'],
    ['a file', 'file:///etc/passwd'],
    ['a user name', 'https://hooks.example@evil.test/'],
    ['no address', 'hooks.example'],
  ])('is not made for %s', async (_, url) => {
    const outbound = await client(['127.0.0.1', 'hooks.example', 'evil.test']);
    expect(await outbound.send(url, GET)).toEqual({ outcome: 'failed', reason: 'url-refused' });
  });

  it.each([
    ['http://localhost/', []],
    ['http://localhost/', ['127.0.0.1']],
    ['http://127.0.0.1/', ['127.0.0.0/8']],
    ['http://localhost.evil.test/', ['localhost', 'localhost.evil.test']],
    ['http://10.0.0.5/', ['10.0.0.5']],
  ])('is not made in clear to %s where %j is allowed', async (url, allow) => {
    const outbound = await client(allow);
    expect(await outbound.send(url, GET)).toEqual({ outcome: 'failed', reason: 'url-refused' });
  });

  it('may be unencrypted to a named program of this machine', async () => {
    const program = createServer((_, response) => response.end('here'));
    await new Promise<void>((ready) => program.listen(0, '127.0.0.1', ready));
    const { port } = program.address() as AddressInfo;
    const outbound = await client(['localhost', '127.0.0.1']);
    for (const host of ['localhost', '127.0.0.1'])
      expect(await outbound.send(`http://${host}:${port}/`, GET)).toMatchObject({ body: 'here' });
    program.close();
  });

  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
  ])('is not made for this machine, however it is written: %s', async (host) => {
    const outbound = await client([]);
    expect(outbound.refusalOf(at(host))).toBe('address-refused');
    expect(await outbound.send(at(host), GET)).toEqual({ outcome: 'failed', reason: 'address-refused' });
    expect(receiver.connections).toBe(0);
  });

  it.each(['127.0.0.1', '::ffff:127.0.0.1', '169.254.169.254', '100.64.0.1', '64:ff9b::7f00:1'])(
    'is not made for a name that leads to %s, and nothing is connected',
    async (address) => {
      answers = [[address]];
      const refused = await (await client([])).send(at('hooks.example'), GET);
      expect(refused).toEqual({ outcome: 'failed', reason: 'address-refused' });
      expect(receiver.connections).toBe(0);
    },
  );

  it('is refused for a name with one public and one internal address', async () => {
    answers = [['93.184.215.14', '127.0.0.1']];
    const refused = await (await client([])).send(at('hooks.example'), GET);
    expect(refused).toEqual({ outcome: 'failed', reason: 'address-refused' });
    expect(receiver.connections).toBe(0);
  });

  it('uses the checked address: a name that changes its answer afterwards has no effect', async () => {
    const outbound = await client(['127.0.0.1']);
    answers = [['127.0.0.1'], ['169.254.169.254']];
    expect(await outbound.send(at('hooks.example'), GET)).toMatchObject({ outcome: 'answered' });
    // No second question was asked for the first request, and its connection serves no other.
    expect(answers).toEqual([['169.254.169.254']]);
    const again = await outbound.send(at('hooks.example'), GET);
    expect(again).toEqual({ outcome: 'failed', reason: 'address-refused' });
    expect(receiver.connections).toBe(1);
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect: %i', async (status) => {
    receiver.mood = { status, headers: { location: at('hooks.example', '/metadata') } };
    expect(await (await client(['127.0.0.1'])).send(at('hooks.example'), GET)).toMatchObject({ status });
    expect(receiver.requests).toHaveLength(1);
  });

  it('requires a trusted certificate', async () => {
    const stranger = await client(['127.0.0.1'], '');
    const refused = await stranger.send(at('hooks.example'), GET);
    expect(refused).toEqual({ outcome: 'failed', reason: 'certificate-refused' });
    expect(receiver.requests).toEqual([]);
  });

  it('requires a certificate for the requested name', async () => {
    const refused = await (await client(['127.0.0.1'])).send(at('evil.test'), GET);
    expect(refused).toEqual({ outcome: 'failed', reason: 'certificate-refused' });
  });

  it('ends after its time limit', async () => {
    receiver.mood = 'hang';
    const late = await (await client(['127.0.0.1'])).send(at('hooks.example'), { ...GET, timeoutMs: 300 });
    expect(late).toEqual({ outcome: 'failed', reason: 'timeout' });
  });

  it('stops reading an endless body', async () => {
    receiver.mood = 'endless';
    const refused = await (await client(['127.0.0.1'])).send(at('hooks.example'), GET);
    expect(refused).toEqual({ outcome: 'failed', reason: 'answer-too-large' });
  });

  it('reports a name without an address, and one that does not answer', async () => {
    const outbound = await client(['127.0.0.1']);
    expect(await outbound.send('https://hooks.example:1/', GET)).toMatchObject({ reason: 'unreachable' });
    answers = [[]];
    expect(await outbound.send(at('hooks.example'), GET)).toMatchObject({ reason: 'host-unknown' });
  });
});
