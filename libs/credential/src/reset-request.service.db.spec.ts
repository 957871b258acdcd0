import { HOUR, Keyring, MINUTE } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { credentialPersistence } from './credential.persistence';
import { ResetRequestService } from './reset-request.service';
import { credentialServices } from './testing/credential-bench';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const CLIENT = {
  address: '192.0.2.1',
  addressBlock: '192.0.2.1',
  userAgent: 'Firefox',
  locale: 'fr',
  requestId: 'r1',
} as const;

describeOnEveryEngine('a request for a new password', [credentialPersistence], (bench) => {
  let clock: SettableClock;
  let requests: ResetRequestService;

  beforeEach(async () => {
    await bench.empty();
    clock = new SettableClock();
    requests = credentialServices(bench.dataSource, clock, KEYS).requests;
  });

  it('waits sealed, the oldest first, and goes when it is taken', async () => {
    for (const name of ['claire.martin', 'MyPassword!']) await requests.ask({ name, client: CLIENT });
    const rows = JSON.stringify(await bench.dataSource.query('SELECT * FROM resetRequest'));
    expect(rows).not.toMatch(/claire|MyPassword|192\.0\.2/);
    const waiting = await requests.waiting(10);
    expect(waiting.map(({ name, client }) => [name, client])).toEqual([
      ['claire.martin', CLIENT],
      ['MyPassword!', CLIENT],
    ]);
    expect(await requests.take(waiting[0]!.id, bench.dataSource.manager)).toBe(true);
    expect((await requests.waiting(10)).map(({ name }) => name)).toEqual(['MyPassword!']);
  });

  it('that nobody took in an hour, or that no key opens, is not answered and goes', async () => {
    await requests.ask({ name: 'claire.martin', client: CLIENT });
    const others = new Keyring([{ id: 'k2', secret: Buffer.alloc(32, 2) }]);
    const elsewhere = credentialServices(bench.dataSource, clock, others).requests;
    expect(await elsewhere.waiting(10)).toEqual([]);
    clock.advance(HOUR + MINUTE);
    expect(await requests.waiting(10)).toEqual([]);
    expect(await requests.purge(10)).toBe(1);
  });
});
