import { DAY, Keyring } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { credentialPersistence } from '../credential.persistence';
import { credentialServices } from '../testing/credential.fixture';
import { NOTICE_LINK_MS, type NoticeLinkService } from './notice-link.service';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const CLAIRE = '01a20e4e-451d-7222-8b7c-095e8995a1b0';
const PAUL = '01a20e4e-451d-7222-8b7c-095e8995a1b1';

describeOnEveryEngine('the link of a notice', [credentialPersistence], (bench) => {
  let clock: SettableClock;
  let links: NoticeLinkService;

  beforeEach(async () => {
    await bench.empty();
    clock = new SettableClock();
    links = credentialServices(bench.dataSource, clock, KEYS).noticeLinks;
  });

  const event = (accountId = CLAIRE, kind = 'password-changed') => ({
    accountId,
    event: kind,
    occurredAt: clock.now(),
    mailbox: 'claire@hopital.example',
  });
  const issue = (...events: ReturnType<typeof event>[]) =>
    bench.transactions.run((tx) => links.issueAll(events, tx));
  const use = (token: string) => bench.transactions.run((tx) => links.use(token, tx));

  it('is valid once, and returns its event', async () => {
    const [token] = await issue(event());
    expect(await links.find(token!)).toMatchObject(event());
    expect(await use(token!)).toMatchObject(event());
    expect([await use(token!), await links.find(token!)]).toEqual([undefined, undefined]);
  });

  it('stays valid when later notices are mailed: each has its own', async () => {
    const [first, ofPaul] = await issue(event(), event(PAUL));
    const [later] = await issue(event());
    for (const [token, accountId] of [
      [later, CLAIRE],
      [first, CLAIRE],
      [ofPaul, PAUL],
    ] as const)
      expect((await use(token!))?.accountId).toBe(accountId);
  });

  it('has a secret that is not stored', async () => {
    const [token] = await issue(event());
    expect(JSON.stringify(await bench.dataSource.query('SELECT * FROM noticeLink'))).not.toContain(
      token!.split('.')[1],
    );
  });

  it('expires after seven days, and stays expired when the clock steps back', async () => {
    const [token] = await issue(event());
    clock.advance(NOTICE_LINK_MS - 1);
    expect(await links.find(token!)).toBeDefined();
    clock.advance(1);
    expect(await links.find(token!)).toBeUndefined();
    clock.advance(-1);
    expect(await use(token!)).toBeUndefined();
  });

  it('is used by one of sixteen at once', async () => {
    const [token] = await issue(event());
    const { results, errors } = await concurrently(16, () => use(token!));
    expect([errors, results.filter(Boolean).length]).toEqual([[], 1]);
  });

  it('is deleted a day after it expired, or with the account', async () => {
    await issue(event(), event(PAUL));
    await bench.transactions.run((tx) => links.erase(PAUL, tx));
    clock.advance(NOTICE_LINK_MS + DAY);
    expect(await links.purge(10)).toBe(0);
    clock.advance(1);
    expect(await links.purge(10)).toBe(1);
  });
});
