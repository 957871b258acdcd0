import { describeOnEveryEngine } from './harness/stage';

describeOnEveryEngine('a sign-in', (stage) => {
  it('goes from the password to the code that came by mail, to a session', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    const first = await claire.givePassword(browser);
    expect(first.body).toMatchObject({
      status: 'code-required',
      challenge: { channel: 'EMAIL', attemptsLeft: 5 },
    });
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    const second = await browser.post('/api/sign-in/code', { code: claire.codeInMail() });
    expect(second.body).toMatchObject({
      status: 'signed-in',
      session: { account: { username: claire.username } },
    });
    expect((await browser.get('/api/session')).body).toEqual({ session: second.body.session });
  });
});
