import { useSharedStage } from '../harness/server/stage';

const NEW_PASSWORD = 'Quatre-Saisons-au-Large-77';

describe('« Mon compte »', () => {
  const stage = useSharedStage();

  async function signedIn() {
    const claire = await stage.person();
    const browser = stage.visitor({ 'user-agent': 'Firefox at the desk' });
    await claire.signIn(browser);
    return { claire, browser };
  }

  it('shows the user’s own address, and only a part of the destination of a code', async () => {
    const { claire, browser } = await signedIn();
    await claire.setUpPhone(browser);
    const { text, body } = await browser.get('/api/account');
    expect(body).toMatchObject({ username: claire.username, email: claire.email, locale: 'fr' });
    expect(text).not.toContain(claire.mobile.slice(4));
  });

  it('changes the language of the messages', async () => {
    const { claire, browser } = await signedIn();
    expect((await browser.patch('/api/account', { locale: 'en' })).body.locale).toBe('en');
    await claire.givePassword(stage.visitor());
    expect(claire.latestMail()).toContain('Your sign-in code');
  });

  describe('changing the password', () => {
    it('ends the other sessions and every remembered browser, and keeps this session', async () => {
      const { claire, browser } = await signedIn();
      const elsewhere = stage.visitor();
      await claire.signIn(elsewhere);
      const thief = browser.copy();
      const changed = await browser.put('/api/account/password', {
        currentPassword: claire.password,
        newPassword: NEW_PASSWORD,
      });
      expect(changed.outcome).toBe('204');
      expect((await browser.get('/api/session')).outcome).toBe('200');
      expect((await thief.get('/api/session')).outcome).toBe('401 session.required');
      expect((await elsewhere.get('/api/session')).outcome).toBe('401 session.required');
      expect((await claire.givePassword(elsewhere)).outcome).toBe('401 credentials.rejected');
      claire.password = NEW_PASSWORD;
      for (const one of [browser, elsewhere])
        expect((await claire.givePassword(one)).body.status).toBe('code-required');
    });

    it('voids a code that was sent before', async () => {
      const { claire, browser } = await signedIn();
      const elsewhere = stage.visitor();
      await claire.givePassword(elsewhere);
      const code = claire.codeInMail();
      const passwords = { currentPassword: claire.password, newPassword: NEW_PASSWORD };
      await browser.put('/api/account/password', passwords);
      expect((await elsewhere.post('/api/sign-in/code', { code })).outcome).toBe('401 sign-in.required');
    });

    it('asks for the one at hand, and slows its guessing down', async () => {
      const { claire, browser } = await signedIn();
      const guess = (currentPassword: string) =>
        browser.put('/api/account/password', { currentPassword, newPassword: NEW_PASSWORD });
      const outcomes = [];
      for (let turn = 0; turn < 4; turn++) outcomes.push((await guess(`guess-${turn}`)).outcome);
      expect(outcomes.slice(0, 3)).toEqual(Array(3).fill('422 password.wrong'));
      expect(outcomes[3]).toBe('429 attempts.exceeded');
      expect((await guess(claire.password)).outcome).toBe('429 attempts.exceeded');
    });

    it.each([
      ['Court-1a', 'too-short'],
      ['aaaaaaaaaaaaaaaa', 'too-simple'],
      ['motdepasse123456', 'too-common'],
      ['Portillon-2026-Portillon', 'service-name'],
      ['x'.repeat(129), 'too-long'],
    ])('refuses %s: %s', async (newPassword, reason) => {
      const { claire, browser } = await signedIn();
      const answer = await browser.put('/api/account/password', {
        currentPassword: claire.password,
        newPassword,
      });
      expect(answer.outcome).toBe('422 password.weak');
      expect(answer.body.errors.map((one: { code: string }) => one.code)).toContain(reason);
      expect((await claire.givePassword(stage.visitor())).outcome).toBe('200');
    });

    it('counts no weak one as a wrong password', async () => {
      const { claire, browser } = await signedIn();
      const replace = (newPassword: string) =>
        browser.put('/api/account/password', { currentPassword: claire.password, newPassword });
      for (let turn = 0; turn < 6; turn++) expect((await replace('weak')).outcome).toBe('422 password.weak');
      expect((await replace(NEW_PASSWORD)).outcome).toBe('204');
    });

    it('refuses one that holds the name of the person', async () => {
      const { claire, browser } = await signedIn();
      const newPassword = `${claire.username}-Aa1`;
      const answer = await browser.put('/api/account/password', {
        currentPassword: claire.password,
        newPassword,
      });
      expect(answer.outcome).toBe('422 password.weak');
    });
  });

  describe('the sessions', () => {
    it('are listed newest first, with the one at hand marked', async () => {
      const { claire, browser } = await signedIn();
      const phone = stage.visitor({ 'user-agent': 'Safari on the phone' });
      await claire.signIn(phone);
      const { items } = (await browser.get('/api/account/sessions')).body;
      expect(items).toMatchObject([
        { device: 'Safari on the phone', current: false, means: 'password' },
        {
          device: 'Firefox at the desk',
          current: true,
          address: browser.options.headers!['x-forwarded-for'],
        },
      ]);
    });

    it('end one by one', async () => {
      const { claire, browser } = await signedIn();
      const phone = stage.visitor();
      const { id } = (await claire.signIn(phone)).body.session;
      expect((await browser.delete(`/api/account/sessions/${id}`)).outcome).toBe('204');
      expect((await phone.get('/api/session')).outcome).toBe('401 session.required');
      expect((await browser.delete(`/api/account/sessions/${id}`)).outcome).toBe('404 not-found');
    });

    it('end all but the one at hand', async () => {
      const { claire, browser } = await signedIn();
      const others = [stage.visitor(), stage.visitor()];
      for (const one of others) await claire.signIn(one);
      expect((await browser.delete('/api/account/sessions')).outcome).toBe('204');
      for (const one of others) expect((await one.get('/api/session')).outcome).toBe('401 session.required');
      expect((await browser.get('/api/session')).outcome).toBe('200');
    });

    it('of another person are not found', async () => {
      const { browser } = await signedIn();
      const paul = await stage.person();
      const his = stage.visitor();
      const { id } = (await paul.signIn(his)).body.session;
      const [theirs, nobodys] = [
        await browser.delete(`/api/account/sessions/${id}`),
        await browser.delete('/api/account/sessions/01a20e4e-456f-7512-ad13-30b1f69779ef'),
      ];
      expect([theirs.outcome, nobodys.outcome]).toEqual(['404 not-found', '404 not-found']);
      expect((await his.get('/api/session')).outcome).toBe('200');
    });

    it('are ten at most: the oldest ends', async () => {
      const { claire, browser } = await signedIn();
      const first = browser.copy();
      for (let turn = 0; turn < 10; turn++) await claire.givePassword(browser);
      expect((await first.get('/api/session')).outcome).toBe('401 session.required');
      expect((await browser.get('/api/account/sessions')).body.items).toHaveLength(10);
    });
  });

  describe('the remembered browsers', () => {
    it('are listed and forgotten one by one, without ending a session', async () => {
      const { claire, browser } = await signedIn();
      const { items } = (await browser.get('/api/account/browsers')).body;
      expect(items).toMatchObject([{ current: true, device: 'Firefox at the desk' }]);
      expect((await browser.delete(`/api/account/browsers/${items[0].id}`)).outcome).toBe('204');
      expect((await browser.get('/api/session')).outcome).toBe('200');
      expect((await claire.givePassword(browser)).body.status).toBe('code-required');
    });

    it('are forgotten all at once', async () => {
      const { claire, browser } = await signedIn();
      const phone = stage.visitor();
      await claire.signIn(phone);
      expect((await browser.delete('/api/account/browsers')).outcome).toBe('204');
      for (const one of [browser, phone])
        expect((await claire.givePassword(one)).body.status).toBe('code-required');
    });

    it('of another person are not found', async () => {
      const { browser } = await signedIn();
      const paul = await stage.person();
      const his = stage.visitor();
      await paul.signIn(his);
      const { items } = (await his.get('/api/account/browsers')).body;
      expect((await browser.delete(`/api/account/browsers/${items[0].id}`)).outcome).toBe('404 not-found');
      expect((await paul.givePassword(his)).body.status).toBe('signed-in');
    });
  });

  it('shows the recent security activity, newest first, page by page', async () => {
    const { claire, browser } = await signedIn();
    await claire.givePassword(stage.visitor(), 'not the password');
    for (let turn = 0; turn < 20; turn++) await claire.givePassword(browser);
    const first = (await browser.get('/api/account/activity')).body;
    expect(first.items).toHaveLength(20);
    expect(first.nextCursor).toEqual(expect.any(String));
    const second = (await browser.get(`/api/account/activity?cursor=${encodeURIComponent(first.nextCursor)}`))
      .body;
    expect(second.items.map((one: { name: string }) => one.name)).toEqual([
      'authn_login_fail',
      'authn_login_success',
      'browser_remembered',
      'authn_code_sent',
    ]);
    expect(second.nextCursor).toBeNull();
    const paul = await stage.person();
    const his = stage.visitor();
    await paul.signIn(his);
    const ofPaul = (await his.get(`/api/account/activity?cursor=${encodeURIComponent(first.nextCursor)}`))
      .text;
    expect(ofPaul).not.toContain('authn_login_fail');
  });
});
