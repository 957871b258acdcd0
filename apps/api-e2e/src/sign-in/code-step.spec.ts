import { useStage } from '../harness/server/stage';

describe('the code step', () => {
  const stage = useStage();

  async function atCodeStep() {
    const claire = await stage.person();
    const browser = stage.visitor();
    const { body } = await claire.givePassword(browser);
    const submit = (code: string) => browser.post('/api/sign-in/code', { code });
    return { claire, browser, submit, challenge: body.challenge };
  }

  it('shows how many tries are left after a wrong code', async () => {
    const { claire, submit } = await atCodeStep();
    const wrong = claire.wrongCode();
    for (const attemptsLeft of [4, 3, 2]) {
      const answer = await submit(wrong);
      expect(answer.outcome).toBe('401 code.rejected');
      expect(answer.body.attemptsLeft).toBe(attemptsLeft);
    }
    expect((await submit(claire.codeInMail())).outcome).toBe('200');
  });

  it('voids a code after five wrong tries, the right one included, until another is sent', async () => {
    const { claire, browser, submit } = await atCodeStep();
    const right = claire.codeInMail();
    for (let turn = 0; turn < 5; turn++) await submit(claire.wrongCode(right));
    expect((await submit(right)).outcome).toBe('401 code.exhausted');
    await stage.server.advance(31_000);
    expect((await browser.post('/api/sign-in/code/resend', {})).outcome).toBe('202');
    expect((await submit(claire.codeInMail())).outcome).toBe('200');
  });

  it('locks after ten wrong codes in a row: a new code does not reset the count', async () => {
    const { claire, browser, submit } = await atCodeStep();
    for (let turn = 0; turn < 5; turn++) await submit(claire.wrongCode());
    await stage.server.advance(31_000);
    await browser.post('/api/sign-in/code/resend', {});
    const right = claire.codeInMail();
    const outcomes = [];
    for (let turn = 0; turn < 5; turn++) outcomes.push((await submit(claire.wrongCode(right))).outcome);
    expect(outcomes.at(-1)).toBe('429 attempts.exceeded');
    const refused = await submit(right);
    expect(refused.outcome).toBe('429 attempts.exceeded');
    expect(refused.body.retryAfterSeconds).toBeGreaterThan(14 * 60);
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('429 attempts.exceeded');
  });

  it('shows the delivery of the message, only to the browser that waits for it', async () => {
    const { browser, submit, claire } = await atCodeStep();
    const { outcome, body } = await browser.get('/api/sign-in/code');
    expect([outcome, body]).toEqual(['200', { delivery: 'sent', at: expect.any(String) }]);
    expect((await stage.visitor().get('/api/sign-in/code')).outcome).toBe('401 sign-in.required');
    await submit(claire.codeInMail());
    expect((await browser.get('/api/sign-in/code')).outcome).toBe('401 sign-in.required');
    expect((await browser.get('/api/session/challenge/code')).body).toEqual({
      delivery: 'unconfirmed',
      at: null,
    });
  });

  it('uses a code once', async () => {
    const { claire, browser, submit } = await atCodeStep();
    const copy = browser.copy();
    await submit(claire.codeInMail());
    const replayed = await copy.post('/api/sign-in/code', { code: claire.codeInMail() });
    expect(replayed.outcome).toBe('401 sign-in.required');
    const lines = await stage.database.rows(
      "SELECT reason FROM auditEvent WHERE accountId = ? AND name = 'authn_code_fail'",
      [claire.id],
    );
    expect(lines).toEqual([{ reason: 'none' }]);
    const anew = stage.visitor();
    const old = claire.codeInMail();
    await claire.givePassword(anew);
    expect((await anew.post('/api/sign-in/code', { code: old })).outcome).toBe('401 code.rejected');
  });

  it('accepts a code only in the browser that requested it', async () => {
    const claire = await stage.person();
    const [one, other] = [stage.visitor(), stage.visitor()];
    await claire.givePassword(one);
    const first = claire.codeInMail();
    await claire.givePassword(other);
    const second = claire.codeInMail();
    expect((await other.post('/api/sign-in/code', { code: first })).outcome).toBe('401 code.rejected');
    expect((await one.post('/api/sign-in/code', { code: second })).outcome).toBe('401 code.rejected');
    expect((await one.post('/api/sign-in/code', { code: first })).outcome).toBe('200');
  });

  it('sends no other code to a person who was deactivated meanwhile', async () => {
    const { claire, browser } = await atCodeStep();
    await stage.database.execute("UPDATE account SET status = 'DEACTIVATED' WHERE id = ?", [claire.id]);
    await stage.server.advance(31_000);
    expect((await browser.post('/api/sign-in/code/resend', {})).outcome).toBe('401 sign-in.required');
    expect(claire.mailCount()).toBe(1);
  });

  it('leaves its failures in the journal of the person', async () => {
    const { claire, browser, submit } = await atCodeStep();
    await submit(claire.wrongCode());
    await submit(claire.codeInMail());
    const { items } = (await browser.get('/api/account/activity')).body;
    expect(items.map((one: { name: string; outcome: string }) => `${one.name} ${one.outcome}`)).toEqual([
      'authn_login_success SUCCESS',
      'browser_remembered SUCCESS',
      'authn_code_fail FAILURE',
      'authn_code_sent SUCCESS',
    ]);
  });

  it('refuses a code of ten minutes ago', async () => {
    const { claire, submit } = await atCodeStep();
    await stage.server.advance(10 * 60_000 + 1);
    expect((await submit(claire.codeInMail())).outcome).toBe('401 code.expired');
  });

  it('asks for the password again after fifteen minutes', async () => {
    const { claire, browser, submit } = await atCodeStep();
    await stage.server.advance(15 * 60_000 + 1);
    expect((await submit(claire.codeInMail())).outcome).toBe('401 sign-in.required');
    expect((await browser.post('/api/sign-in/code/resend', {})).outcome).toBe('401 sign-in.required');
  });

  it('asks for the password first', async () => {
    const browser = stage.visitor();
    expect((await browser.post('/api/sign-in/code', { code: '123456' })).outcome).toBe(
      '401 sign-in.required',
    );
    expect((await browser.post('/api/sign-in/code/resend', {})).outcome).toBe('401 sign-in.required');
  });

  describe('sending another code', () => {
    it('waits 30 seconds, then twice as long', async () => {
      const { browser, challenge } = await atCodeStep();
      const resend = () => browser.post('/api/sign-in/code/resend', {});
      const early = await resend();
      expect(early.outcome).toBe('429 resend.too-soon');
      expect(early.body.retryAfterSeconds).toBeLessThanOrEqual(30);
      expect(Date.parse(challenge.resendAvailableAt) - Date.parse(challenge.sentAt)).toBe(30_000);
      await stage.server.advance(30_001);
      const second = (await resend()).body.challenge;
      expect(second.reference).not.toBe(challenge.reference);
      expect(Date.parse(second.resendAvailableAt) - Date.parse(second.sentAt)).toBe(60_000);
      await stage.server.advance(30_001);
      expect((await resend()).outcome).toBe('429 resend.too-soon');
    });

    it('voids the code before', async () => {
      const { claire, browser, submit } = await atCodeStep();
      const first = claire.codeInMail();
      await stage.server.advance(30_001);
      await browser.post('/api/sign-in/code/resend', {});
      expect((await submit(first)).outcome).toBe('401 code.rejected');
      expect((await submit(claire.codeInMail())).outcome).toBe('200');
    });

    it('offers no SMS without a proved number', async () => {
      const { browser } = await atCodeStep();
      const answer = await browser.post('/api/sign-in/code/resend', { channel: 'SMS' });
      expect(answer.outcome).toBe('409 channel.unavailable');
    });

    it('stops after five messages to one address in ten minutes, from any client', async () => {
      const claire = await stage.person();
      for (let turn = 0; turn < 5; turn++)
        expect((await claire.givePassword(stage.visitor())).outcome).toBe('200');
      expect((await claire.givePassword(stage.visitor())).outcome).toBe('429 attempts.exceeded');
      expect(claire.mailCount()).toBe(5);
      await stage.server.advance(10 * 60_000);
      expect((await claire.givePassword(stage.visitor())).outcome).toBe('200');
    });
  });

  describe('a code of one purpose', () => {
    it('is refused for another', async () => {
      const claire = await stage.person();
      const browser = stage.visitor();
      await claire.signIn(browser);
      await browser.put('/api/account/phone', { phoneNumber: claire.mobileAsTyped });
      await browser.post('/api/account/phone/verification');
      await browser.post('/api/session/challenge', {});
      const [forSession, forPhone] = [claire.codeInMail(), claire.codeInSms()];
      const other = browser.copy();
      await claire.givePassword(other);
      const forSignIn = claire.codeInMail();
      const tries = [
        ['/api/session/challenge/code', forPhone],
        ['/api/session/challenge/code', forSignIn],
        ['/api/account/phone/verification/code', forSession],
        ['/api/account/phone/verification/code', forSignIn],
      ] as const;
      for (const [path, code] of tries)
        expect((await browser.post(path, { code })).outcome).toBe('401 code.rejected');
      for (const code of [forSession, forPhone])
        expect((await other.post('/api/sign-in/code', { code })).outcome).toBe('401 code.rejected');
      expect((await browser.post('/api/session/challenge/code', { code: forSession })).outcome).toBe('200');
    });
  });
});
