import { describeOnEveryEngine } from '../harness/server/stage';

const HOUR = 3_600_000;

describeOnEveryEngine('a sign-in', (stage) => {
  it('goes from the password to the code that came by mail, to a session', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    const first = await claire.givePassword(browser);
    expect(first.body).toMatchObject({
      status: 'code-required',
      challenge: { purpose: 'sign-in', channel: 'EMAIL', attemptsLeft: 5, codeLength: 6, otherChannels: [] },
    });
    expect(first.body.challenge.destination).toBe('c•••@hopital.example');
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    const second = await browser.post('/api/sign-in/code', { code: claire.codeInMail() });
    expect(second.body).toMatchObject({
      status: 'signed-in',
      session: { account: { username: claire.username }, means: 'password', amr: ['pwd', 'mail'] },
    });
    expect((await browser.get('/api/session')).body).toEqual({ session: second.body.session });
  });

  it('sends a mail with the code, its purpose, life, time and reference, in plain words', async () => {
    const claire = await stage.person();
    const { body } = await claire.givePassword(stage.visitor());
    const mail = stage.smtp.lastTo(claire.email);
    expect(mail.subject).toContain(body.challenge.reference);
    expect(mail.subject).not.toContain(claire.codeInMail());
    for (const words of [
      'code de connexion',
      body.challenge.reference,
      '10 minutes',
      'heure de Paris',
      'Ne communiquez',
    ])
      expect(mail.text).toContain(words);
    expect(mail.html).toContain(claire.codeInMail());
    expect(mail.text!.match(/\b\d{6}\b/g)).toHaveLength(1);
  });

  it('writes in the language of the person', async () => {
    const claire = await stage.person({ locale: 'en' });
    await claire.givePassword(stage.visitor());
    expect(claire.latestMail()).toContain('Your sign-in code');
  });

  it('accepts the code with the spaces that users and phones add', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    const code = claire.codeInMail();
    const spaced = ` ${code.slice(0, 3)} ${code.slice(3)} `;
    expect((await browser.post('/api/sign-in/code', { code: spaced })).outcome).toBe('200');
  });

  it('finds the person however the case of the name is typed', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    const typed = { username: claire.username.toUpperCase(), password: claire.password };
    expect((await browser.post('/api/sign-in/password', typed)).body.status).toBe('code-required');
  });

  describe('in a browser where the person gave a code', () => {
    it('asks for no other code, before and after signing out', async () => {
      const claire = await stage.person();
      const browser = stage.visitor();
      await claire.signIn(browser);
      const { body: before } = await browser.get('/api/session');
      expect((await browser.delete('/api/session')).outcome).toBe('204');
      const again = await claire.givePassword(browser);
      expect(again.body.status).toBe('signed-in');
      expect(again.body.session.codeValidUntil).toBe(before.session.codeValidUntil);
      expect(again.body.session.id).not.toBe(before.session.id);
      expect(claire.mailCount()).toBe(1);
    });

    it('counts the 24 hours from the moment the code was accepted', async () => {
      const claire = await stage.person();
      const { body } = await claire.signIn(stage.visitor());
      const { signedInAt, codeValidUntil } = body.session;
      const held = Date.parse(codeValidUntil) - Date.parse(signedInAt);
      expect(held).toBeLessThanOrEqual(24 * HOUR);
      expect(held).toBeGreaterThan(24 * HOUR - 5_000);
    });

    it('asks another person for a code, and then knows both', async () => {
      const claire = await stage.person();
      const paul = await stage.person();
      const browser = stage.visitor();
      await claire.signIn(browser);
      await browser.delete('/api/session');
      expect((await paul.givePassword(browser)).body.status).toBe('code-required');
      await browser.post('/api/sign-in/code', { code: paul.codeInMail() });
      await browser.delete('/api/session');
      expect((await claire.givePassword(browser)).body.status).toBe('signed-in');
      expect((await paul.givePassword(browser)).body.status).toBe('signed-in');
    });

    it('asks for a code next time when the person wished not to be remembered', async () => {
      const claire = await stage.person();
      const browser = stage.visitor();
      await claire.givePassword(browser);
      await browser.post('/api/sign-in/code', { code: claire.codeInMail(), rememberBrowser: false });
      expect((await browser.get('/api/session')).outcome).toBe('200');
      await browser.delete('/api/session');
      expect((await claire.givePassword(browser)).body.status).toBe('code-required');
    });
  });

  it('asks for a code in another browser', async () => {
    const claire = await stage.person();
    await claire.signIn(stage.visitor());
    expect((await claire.givePassword(stage.visitor())).body.status).toBe('code-required');
  });

  it('gives each browser its own session: ending one leaves the other', async () => {
    const claire = await stage.person();
    const [one, other] = [stage.visitor(), stage.visitor()];
    await claire.signIn(one);
    await claire.signIn(other);
    await one.delete('/api/session');
    expect((await one.get('/api/session')).outcome).toBe('401 session.required');
    expect((await other.get('/api/session')).outcome).toBe('200');
  });

  it('ends, by signing out, for a thief of the cookie too', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    const thief = browser.copy();
    expect((await thief.get('/api/session')).outcome).toBe('200');
    await browser.delete('/api/session');
    expect((await thief.get('/api/session')).outcome).toBe('401 session.required');
    expect((await browser.delete('/api/session')).outcome).toBe('401 session.required');
  });
});
