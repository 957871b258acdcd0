import { HOUR, Keyring, MINUTE } from '@portillon/kernel';
import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { credentialPersistence } from './credential.persistence';
import { ResetRequestService } from './reset-request.service';
import { credentialServices } from './testing/credential.fixture';

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

  it('waits encrypted, oldest first, and is taken once', async () => {
    for (const name of ['claire.martin', 'MyPassword!']) await requests.ask({ name, client: CLIENT });
    const rows = JSON.stringify(await bench.dataSource.query('SELECT * FROM resetRequest'));
    expect(rows).not.toMatch(/claire|MyPassword|192\.0\.2/);
    const waiting = await requests.waiting(10);
    expect(waiting.map(({ name, client }) => [name, client])).toEqual([
      ['claire.martin', CLIENT],
      ['MyPassword!', CLIENT],
    ]);
    expect((await requests.waiting(1)).map(({ name }) => name)).toEqual(['claire.martin']);
    const take = () => requests.take(waiting[0]!.id, bench.dataSource.manager);
    expect([await take(), await take()]).toEqual([true, false]);
    expect((await requests.waiting(10)).map(({ name }) => name)).toEqual(['MyPassword!']);
  });

  it('that no server took within an hour, or that no key decrypts, is deleted unanswered', async () => {
    await requests.ask({ name: 'claire.martin', client: CLIENT });
    const others = new Keyring([{ id: 'k2', secret: Buffer.alloc(32, 2) }]);
    const elsewhere = credentialServices(bench.dataSource, clock, others).requests;
    expect(await elsewhere.waiting(10)).toEqual([]);
    clock.advance(HOUR + MINUTE);
    expect(await requests.waiting(10)).toEqual([]);
    await requests.ask({ name: 'paul.durand', client: CLIENT });
    expect([await requests.purge(10), await requests.purge(10)]).toEqual([1, 0]);
    expect((await requests.waiting(10)).map(({ name }) => name)).toEqual(['paul.durand']);
  });
});
