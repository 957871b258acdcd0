import { Keyring } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { AccountTokenService } from './account-token.service';
import { credentialPersistence } from '../credential.persistence';
import { credentialServices } from '../testing/credential.fixture';

const CLAIRE = '01a20e4e-451d-7222-8b7c-095e8995a1b0';
const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const CLIENT = {
  address: '192.0.2.1',
  addressBlock: '192.0.2.1',
  userAgent: 'Firefox',
  locale: 'fr',
  requestId: 'r1',
} as const;

describeOnEveryEngine('recovery under sixteen hands at once', [credentialPersistence], (bench) => {
  const clock = new SettableClock();
  let tokens: AccountTokenService;

  beforeEach(async () => {
    await bench.empty();
    tokens = credentialServices(bench.dataSource, clock, KEYS).tokens;
  });

  it('accepts a link once', async () => {
    const token = await bench.transactions.run((tx) =>
      tokens.issue({ kind: 'PASSWORD_RESET', accountId: CLAIRE }, tx),
    );
    const { results, errors } = await concurrently(16, () =>
      bench.transactions.run((tx) => tokens.use('PASSWORD_RESET', token, tx)),
    );
    expect(errors).toEqual([]);
    expect(results.filter((one) => one?.accountId === CLAIRE)).toHaveLength(1);
    expect(results.filter((one) => one === undefined)).toHaveLength(15);
  });

  it('leaves one valid link, however many are issued', async () => {
    const { results, errors } = await concurrently(16, () =>
      bench.transactions.run((tx) => tokens.issue({ kind: 'INVITATION', accountId: CLAIRE }, tx)),
    );
    expect(errors).toEqual([]);
    const good = await Promise.all(results.map((token) => tokens.find('INVITATION', token)));
    expect(good.filter(Boolean)).toHaveLength(1);
  });

  it('gives a request to one caller', async () => {
    const requests = credentialServices(bench.dataSource, clock, KEYS).requests;
    await requests.ask({ name: 'claire.martin', client: CLIENT });
    const [request] = await requests.waiting(10);
    const { results } = await concurrently(16, () =>
      bench.transactions.run((tx) => requests.take(request!.id, tx)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
  });
});
