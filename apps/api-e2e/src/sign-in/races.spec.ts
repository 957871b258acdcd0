import { concurrently } from '@portillon/testing/servers';
import { describeOnEveryEngine } from '../harness/server/stage';
import type { Answer } from '../harness/people/answer.types';

const MANY = 16;

describeOnEveryEngine('sixteen at once', (stage) => {
  async function outcomesOf(work: () => Promise<Answer>): Promise<Record<string, number>> {
    const { results, errors } = await concurrently(MANY, work);
    expect(errors).toEqual([]);
    const counts: Record<string, number> = {};
    for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
    return counts;
  }

  const count = async (sql: string, id: string) =>
    Number((await stage.database.row<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`, [id]))!.n);

  it('with one right code open one session', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    const code = claire.codeInMail();
    const outcomes = await outcomesOf(() => browser.copy().post('/api/sign-in/code', { code }));
    expect(outcomes['200']).toBe(1);
    expect(Object.keys(outcomes).filter((one) => one !== '200' && !one.startsWith('4'))).toEqual([]);
    expect(await count('session WHERE accountId = ?', claire.id)).toBe(1);
    expect(await count('rememberedBrowser WHERE accountId = ?', claire.id)).toBe(1);
  });

  it('with wrong codes try five and no more', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    const wrong = claire.wrongCode();
    const outcomes = await outcomesOf(() => browser.copy().post('/api/sign-in/code', { code: wrong }));
    expect(outcomes['401 code.rejected']).toBe(5);
    expect(outcomes['401 code.exhausted']).toBe(MANY - 5);
  });

  it('with wrong passwords for one name look at three and no more', async () => {
    const claire = await stage.person();
    const outcomes = await outcomesOf(() => claire.givePassword(stage.visitor(), 'guess'));
    expect(outcomes['401 credentials.rejected']).toBeLessThanOrEqual(3);
    expect(outcomes['429 attempts.exceeded']).toBeGreaterThanOrEqual(MANY - 3);
  });

  it('with one phone code prove the number once', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await browser.put('/api/account/phone', { phoneNumber: claire.mobile });
    await browser.post('/api/account/phone/verification');
    const code = claire.codeInSms();
    const outcomes = await outcomesOf(() => browser.post('/api/account/phone/verification/code', { code }));
    expect(outcomes['200']).toBe(1);
    expect(await count("auditEvent WHERE accountId = ? AND name = 'phone_verified'", claire.id)).toBe(1);
  });

  it('with one step-up code renew one token', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await browser.post('/api/session/challenge', {});
    const code = claire.codeInMail();
    const outcomes = await outcomesOf(() => browser.copy().post('/api/session/challenge/code', { code }));
    expect(outcomes['200']).toBe(1);
    expect(await count("auditEvent WHERE accountId = ? AND name = 'authn_step_up'", claire.id)).toBe(1);
  });

  it('asking for another code send one', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    await stage.server.advance(31_000);
    const outcomes = await outcomesOf(() => browser.copy().post('/api/sign-in/code/resend', {}));
    expect(outcomes).toEqual({ '202': 1, '429 resend.too-soon': MANY - 1 });
    expect(claire.mailCount()).toBe(2);
  });

  it('signing in to one account leave ten sessions at most', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await outcomesOf(() => claire.givePassword(browser.copy()));
    expect(await count('session WHERE accountId = ? AND endedAt IS NULL', claire.id)).toBeLessThanOrEqual(10);
  });

  it('changing the password change it once', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    const passwords = { currentPassword: claire.password, newPassword: 'Grande-Maree-a-Brest-31' };
    const outcomes = await outcomesOf(() => browser.copy().put('/api/account/password', passwords));
    expect(outcomes['204']).toBe(1);
    expect(await count("auditEvent WHERE accountId = ? AND name = 'authn_password_change'", claire.id)).toBe(
      1,
    );
  });

  it('signing out at the moment others use the session leaves no session open', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    const twin = browser.copy();
    const [, ...others] = await Promise.all([
      browser.delete('/api/session'),
      ...Array.from({ length: MANY }, () => twin.get('/api/session')),
    ]);
    expect(others.every((one) => [200, 401].includes(one.status))).toBe(true);
    expect((await twin.get('/api/session')).outcome).toBe('401 session.required');
    expect((await twin.post('/api/session/renew')).outcome).toBe('401 session.required');
  });
});
