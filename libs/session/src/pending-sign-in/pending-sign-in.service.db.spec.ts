import { DAY, issueToken, MINUTE } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import type { PendingSignIn } from '../session/session.types';
import { sessionPersistence } from '../session.persistence';
import { claire, hostileTexts, paul, SessionFixture } from '../testing/session.fixture';

describeOnEveryEngine('sign-ins in progress', [sessionPersistence], (testDatabase) => {
  let fixture: SessionFixture;
  const complete = (signIn: PendingSignIn) => fixture.inOne((tx) => fixture.signIns.complete(signIn, tx));
  const endAll = (accountId: string) => fixture.inOne((tx) => fixture.signIns.endAll(accountId, tx));

  beforeEach(async () => {
    fixture = new SessionFixture(testDatabase.dataSource);
    await fixture.empty();
  });

  it('finds the sign-in of a token, as it was started', async () => {
    const { signIn, token } = await fixture.start({ browserId: 'b' });
    expect(await fixture.signIns.find(token)).toEqual(signIn);
    expect(signIn).toMatchObject({ accountId: 'claire', principal: claire, amr: ['pwd'], browserId: 'b' });
  });

  it('refuses any text but the token', async () => {
    const { signIn, token } = await fixture.start();
    const forged = issueToken(fixture.random, signIn.id).value;
    for (const text of [...hostileTexts(token), forged])
      expect(await fixture.signIns.find(text)).toBeUndefined();
    expect(await fixture.signIns.find(token)).toBeDefined();
  });

  it('refuses tokens of a session or of a trusted device', async () => {
    const { token } = await fixture.open();
    const { token: browserToken } = await fixture.remember();
    expect(await fixture.signIns.find(token)).toBeUndefined();
    expect(await fixture.signIns.find(browserToken)).toBeUndefined();
  });

  it('is over after 15 minutes, and no clock set back revives it', async () => {
    const { signIn, token } = await fixture.start();
    fixture.clock.advance(15 * MINUTE - 1);
    expect(await fixture.signIns.find(token)).toBeDefined();
    fixture.clock.advance(1);
    expect(await complete(signIn)).toBe(false);
    expect(await fixture.signIns.find(token)).toBeUndefined();
    fixture.clock.advance(-14 * MINUTE);
    expect(await fixture.signIns.find(token)).toBeUndefined();
    expect(await complete(signIn)).toBe(false);
  });

  it('is used up once', async () => {
    const { signIn, token } = await fixture.start();
    expect(await complete(signIn)).toBe(true);
    expect(await complete(signIn)).toBe(false);
    expect(await fixture.signIns.find(token)).toBeUndefined();
  });

  it('is given up by the person who goes back', async () => {
    const { signIn, token } = await fixture.start();
    expect(await fixture.signIns.end(signIn.id)).toBe(true);
    expect(await fixture.signIns.end(signIn.id)).toBe(false);
    expect(await fixture.signIns.find(token)).toBeUndefined();
    expect(await complete(signIn)).toBe(false);
  });

  it('names its owner once it is over, and gives no access', async () => {
    const { signIn, token } = await fixture.start();
    expect(await fixture.signIns.findEnded(token)).toBeUndefined();
    await complete(signIn);
    expect(await fixture.signIns.findEnded(token)).toMatchObject({ accountId: 'claire', principal: claire });
    for (const text of [undefined, 'no token', issueToken(fixture.random).value])
      expect(await fixture.signIns.findEnded(text)).toBeUndefined();
  });

  it('is deleted with an erased person, and no other is', async () => {
    await fixture.start();
    const { token: paulsToken } = await fixture.start({ principal: paul });
    await fixture.inOne((tx) => fixture.signIns.erase('claire', tx));
    expect(await testDatabase.dataSource.query('SELECT accountId FROM signIn')).toEqual([
      { accountId: 'paul' },
    ]);
    expect(await fixture.signIns.find(paulsToken)).toBeDefined();
  });

  it('ends with all those of its account, and of no other', async () => {
    const { token } = await fixture.start();
    await fixture.start();
    const { token: paulsToken } = await fixture.start({ principal: paul });
    expect(await endAll('claire')).toBe(2);
    expect(await endAll('claire')).toBe(0);
    expect(await fixture.signIns.find(token)).toBeUndefined();
    expect(await fixture.signIns.find(paulsToken)).toBeDefined();
  });

  it('is in progress again when the transaction that completed it is rolled back', async () => {
    const { signIn, token } = await fixture.start();
    const doomed = fixture.inOne(async (tx) => {
      await fixture.signIns.complete(signIn, tx);
      throw new Error('change of mind');
    });
    await expect(doomed).rejects.toThrow('change of mind');
    expect(await fixture.signIns.find(token)).toBeDefined();
  });

  it('is purged a day after its end, in batches', async () => {
    for (let count = 0; count < 3; count++) await fixture.start();
    fixture.clock.advance(15 * MINUTE + DAY);
    expect(await fixture.signIns.purge(2)).toBe(0);
    fixture.clock.advance(1);
    await fixture.start();
    expect(await fixture.signIns.purge(2)).toBe(2);
    expect(await fixture.signIns.purge(2)).toBe(1);
    expect(await fixture.signIns.purge(2)).toBe(0);
  });
});
