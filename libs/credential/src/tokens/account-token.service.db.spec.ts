import { addMilliseconds, DAY, HOUR, Keyring, MINUTE } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { AccountTokenService } from './account-token.service';
import { credentialPersistence } from '../credential.persistence';
import { recoveryOptions } from '../credential.options';
import { credentialServices } from '../testing/credential.fixture';

const KEYS = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
const CLAIRE = '01a20e4e-451d-7222-8b7c-095e8995a1b0';
const PAUL = '01a20e4e-451d-7222-8b7c-095e8995a1b1';

describeOnEveryEngine('a link of an account', [credentialPersistence], (testDatabase) => {
  let clock: SettableClock;
  let tokens: AccountTokenService;

  beforeEach(async () => {
    await testDatabase.empty();
    clock = new SettableClock();
    tokens = credentialServices(testDatabase.dataSource, clock, KEYS).tokens;
  });

  const issue = (kind: 'INVITATION' | 'PASSWORD_RESET' = 'PASSWORD_RESET', accountId = CLAIRE) =>
    testDatabase.transactions.run((tx) => tokens.issue({ kind, accountId }, tx));
  const use = async (token: string, kind: 'INVITATION' | 'PASSWORD_RESET' = 'PASSWORD_RESET') =>
    (await testDatabase.transactions.run((tx) => tokens.use(kind, token, tx)))?.accountId;

  it('is valid once, and returns its account', async () => {
    const token = await issue();
    expect(await tokens.find('PASSWORD_RESET', token)).toBe(CLAIRE);
    expect(await tokens.find('PASSWORD_RESET', token)).toBe(CLAIRE);
    expect(await use(token)).toBe(CLAIRE);
    expect(await use(token)).toBeUndefined();
    expect(await tokens.find('PASSWORD_RESET', token)).toBeUndefined();
  });

  it('returns its context and its time of issue when it is used', async () => {
    const noted = { kind: 'PASSWORD_RESET', accountId: CLAIRE, context: 'receipt' } as const;
    const token = await testDatabase.transactions.run((tx) => tokens.issue(noted, tx));
    const issuedAt = clock.now();
    clock.advance(MINUTE);
    const used = await testDatabase.transactions.run((tx) => tokens.use('PASSWORD_RESET', token, tx));
    expect(used).toEqual({ accountId: CLAIRE, issuedAt, context: 'receipt' });
  });

  it('has 256 bits, which are not stored', async () => {
    const token = await issue();
    const secret = token.split('.')[1]!;
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(await testDatabase.dataSource.query('SELECT * FROM accountToken'))).not.toContain(
      secret,
    );
  });

  it.each([
    ['PASSWORD_RESET', HOUR],
    ['INVITATION', 7 * DAY],
  ] as const)('(%s) is over after its time', async (kind, life) => {
    const token = await issue(kind);
    clock.advance(life - 1);
    expect(await tokens.find(kind, token)).toBe(CLAIRE);
    clock.advance(1);
    expect(await use(token, kind)).toBeUndefined();
  });

  it.each([
    ['a day', 1, 7],
    ['six weeks', 42, 42],
    ['a year', 365, 60],
  ])(
    '(INVITATION) until %s from now lives so long, 7 days at least and 60 at most, and is used once',
    async (_, asked, days) => {
      const until = addMilliseconds(clock.now(), asked * DAY);
      const token = await testDatabase.transactions.run((tx) =>
        tokens.issue({ kind: 'INVITATION', accountId: CLAIRE, until }, tx),
      );
      clock.advance(days * DAY - 1);
      const { results } = await concurrently(16, () => use(token, 'INVITATION'));
      expect(results.filter(Boolean)).toEqual([CLAIRE]);
      expect(await use(token, 'INVITATION')).toBeUndefined();
      const late = await issue('INVITATION');
      clock.advance(7 * DAY);
      expect(await use(late, 'INVITATION')).toBeUndefined();
    },
  );

  it('(PASSWORD_RESET) never lives longer than its time', async () => {
    const until = addMilliseconds(clock.now(), 30 * DAY);
    expect(tokens.expiry('PASSWORD_RESET', clock.now(), until)).toEqual(addMilliseconds(clock.now(), HOUR));
  });

  it('stays expired when the clock steps back', async () => {
    const token = await issue();
    clock.advance(HOUR);
    expect(await tokens.find('PASSWORD_RESET', token)).toBeUndefined();
    clock.advance(-HOUR);
    expect(await use(token)).toBeUndefined();
  });

  it('of one kind is refused as another', async () => {
    const invitation = await issue('INVITATION');
    expect(await use(invitation, 'PASSWORD_RESET')).toBeUndefined();
    expect(await use(invitation, 'INVITATION')).toBe(CLAIRE);
  });

  it('is void after another of its kind, and of its kind only', async () => {
    const [first, invitation, ofPaul] = [
      await issue(),
      await issue('INVITATION'),
      await issue(undefined, PAUL),
    ];
    const second = await issue();
    expect(await use(first)).toBeUndefined();
    expect(await use(second)).toBe(CLAIRE);
    expect(await use(invitation, 'INVITATION')).toBe(CLAIRE);
    expect(await use(ofPaul)).toBe(PAUL);
  });

  it('is voided on demand, with all others of the person', async () => {
    const mine = [await issue(), await issue('INVITATION')] as const;
    const ofPaul = await issue(undefined, PAUL);
    await testDatabase.transactions.run((tx) => tokens.voidAll(CLAIRE, tx));
    expect(await use(mine[0])).toBeUndefined();
    expect(await use(mine[1], 'INVITATION')).toBeUndefined();
    expect(await use(ofPaul)).toBe(PAUL);
  });

  it('stays valid when the transaction that used it is rolled back', async () => {
    const token = await issue();
    const undone = testDatabase.transactions.run(async (tx) => {
      await tokens.use('PASSWORD_RESET', token, tx);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await use(token)).toBe(CLAIRE);
  });

  it('refuses a malformed link', async () => {
    const token = await issue();
    const [id, secret] = token.split('.') as [string, string];
    for (const text of [
      '',
      id,
      secret,
      `${id}.`,
      `${token} `,
      `${token}\n`,
      `${id}.${'A'.repeat(43)}`,
      "' OR 1=1 --",
    ])
      expect(await use(text)).toBeUndefined();
  });

  it('is deleted a day after its time', async () => {
    await issue();
    clock.advance(HOUR + DAY);
    expect(await tokens.purge(10)).toBe(0);
    clock.advance(MINUTE);
    expect([await tokens.purge(10), await tokens.purge(10)]).toEqual([1, 0]);
  });
});

describe('the options of recovery', () => {
  it.each([{ invitationMs: 31 * DAY }, { passwordResetMs: DAY + 1 }, { passwordResetMs: 0 }])(
    'out of their bounds are refused by name: %p',
    (options) => {
      expect(() => recoveryOptions(options)).toThrow(`recovery.${Object.keys(options)[0]}`);
    },
  );
});
