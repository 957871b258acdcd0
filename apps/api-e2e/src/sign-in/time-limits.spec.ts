import { PASSWORD } from '../harness/people/person';
import { useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STALE = '401 reauthentication.required';

const stage = useStage();

describe('as time goes by', () => {
  async function signedIn() {
    const claire = await stage.person();
    const browser = stage.visitor();
    const { session } = (await claire.signIn(browser)).body;
    return { claire, browser, session };
  }

  /** Signed in without a code, an hour before the one given in this browser is 24 hours old. */
  async function signedInNearTheLimit() {
    const { claire, browser } = await signedIn();
    await browser.delete('/api/session');
    await stage.server.advance(23 * HOUR);
    const { session } = (await claire.givePassword(browser)).body;
    return { claire, browser, session };
  }

  it('ends an unused session after 30 minutes', async () => {
    const { browser } = await signedIn();
    await stage.server.advance(30 * MINUTE - 5_000);
    expect((await browser.get('/api/session')).outcome).toBe('200');
    await stage.server.advance(5_000);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect((await browser.post('/api/session/renew')).outcome).toBe('401 session.required');
  });

  it('a renewal pushes the idle limit, never the absolute one nor the 24 hours', async () => {
    const { browser, session } = await signedIn();
    let latest = session;
    for (let minutes = 0; minutes < 225; minutes += 25) {
      await stage.server.advance(25 * MINUTE);
      const answer = await browser.post('/api/session/renew');
      expect(answer.outcome).toBe('200');
      latest = answer.body.session;
    }
    expect(latest).toMatchObject({ expiresAt: session.expiresAt, codeValidUntil: session.codeValidUntil });
    expect(latest.idleExpiresAt).toBe(session.expiresAt);
    await stage.server.advance(15 * MINUTE);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
  });

  it('a clock that steps back revives nothing', async () => {
    const { claire, browser } = await signedIn();
    const other = stage.visitor();
    await claire.givePassword(other);
    const code = claire.codeInMail();
    await stage.server.advance(31 * MINUTE);
    await stage.visitor().get('/api/service');
    await stage.server.advance(-31 * MINUTE);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect((await other.post('/api/sign-in/code', { code })).outcome).toBe('401 sign-in.required');
    await stage.server.advance(31 * MINUTE);
  });

  it('a code holds 24 hours in its browser however much one uses it, and not a moment longer', async () => {
    const { claire, browser } = await signedIn();
    for (let turn = 0; turn < 3; turn++) {
      await stage.server.advance(7 * HOUR);
      expect((await claire.givePassword(browser)).body.status).toBe('signed-in');
    }
    await stage.server.advance(3 * HOUR);
    expect((await claire.givePassword(browser)).body.status).toBe('code-required');
  });

  describe('at the 24-hour limit in the middle of work', () => {
    it('a code is required, and the work continues in the same session', async () => {
      const { claire, browser, session } = await signedInNearTheLimit();
      await keepAwake(browser);
      const late = await browser.get('/api/account');
      expect(late.outcome).toBe('401 code.required');
      expect(late.headers['www-authenticate']).toContain('error="insufficient_user_authentication"');
      const { challenge } = (await browser.post('/api/session/challenge', {})).body;
      expect(challenge).toMatchObject({ purpose: 'session', channel: 'EMAIL' });
      const before = browser.copy();
      const stepped = await browser.post('/api/session/challenge/code', { code: claire.codeInMail() });
      expect(stepped.body.session).toMatchObject({ id: session.id, expiresAt: session.expiresAt });
      expect(Date.parse(stepped.body.session.codeValidUntil)).toBeGreaterThan(
        Date.parse(session.codeValidUntil),
      );
      expect((await browser.get('/api/account')).outcome).toBe('200');
      expect((await before.get('/api/account')).outcome).toBe('401 session.required');
    });

    it('the browser then needs no code for another 24 hours', async () => {
      const { claire, browser } = await signedInNearTheLimit();
      await keepAwake(browser);
      await browser.post('/api/session/challenge', {});
      await browser.post('/api/session/challenge/code', { code: claire.codeInMail() });
      await stage.server.advance(23 * HOUR);
      expect((await claire.givePassword(browser)).body.status).toBe('signed-in');
    });

    it('only the new code and the sign-out are open', async () => {
      const { browser } = await signedInNearTheLimit();
      await keepAwake(browser);
      const closed = [
        await browser.get('/api/session'),
        await browser.post('/api/session/renew'),
        await browser.get('/api/account/sessions'),
        await browser.patch('/api/account', { locale: 'en' }),
        await browser.put('/api/account/phone', { phoneNumber: '06 12 34 56 78' }),
      ];
      for (const answer of closed) expect(answer.outcome).toBe('401 code.required');
      expect((await browser.delete('/api/session')).outcome).toBe('204');
    });

    /** Past the limit, without letting the session idle out. */
    async function keepAwake(browser: Awaited<ReturnType<typeof signedIn>>['browser']): Promise<void> {
      for (let turn = 0; turn < 3; turn++) {
        await stage.server.advance(20 * MINUTE);
        await browser.post('/api/session/renew');
      }
      await stage.server.advance(5 * MINUTE);
    }
  });

  describe('a sensitive act', () => {
    it('asks for a fresh proof after five minutes: a code gives one, and the password where codes go', async () => {
      const { claire, browser } = await signedIn();
      await stage.server.advance(5 * MINUTE + 1);
      const refused = await browser.put('/api/account/phone', { phoneNumber: claire.mobileAsTyped });
      expect(refused.outcome).toBe('401 reauthentication.required');
      expect(refused.headers['www-authenticate']).toContain('reauthentication.required');
      expect((await browser.delete('/api/account/phone')).outcome).toBe('401 reauthentication.required');
      await browser.post('/api/session/challenge', {});
      await browser.post('/api/session/challenge/code', { code: claire.codeInMail() });
      const phone = { phoneNumber: claire.mobileAsTyped };
      const asked = await browser.put('/api/account/phone', phone);
      expect(asked.outcome).toBe('401 password.confirmation-required');
      const done = await browser.put('/api/account/phone', { ...phone, currentPassword: PASSWORD });
      expect(done.outcome).toBe('200');
    });

    it('renewing the session is no proof', async () => {
      const { claire, browser } = await signedIn();
      await stage.server.advance(5 * MINUTE + 1);
      await browser.post('/api/session/renew');
      const refused = await browser.put('/api/account/phone', { phoneNumber: claire.mobileAsTyped });
      expect(refused.outcome).toBe('401 reauthentication.required');
    });
  });

  describe('a copied cookie of a remembered browser', () => {
    it('waives a code for a minute, for the sake of two tabs; later it ends the series', async () => {
      const { claire, browser } = await signedIn();
      const thief = browser.copy();
      await claire.givePassword(browser);
      expect((await claire.givePassword(thief.copy())).body.status).toBe('signed-in');
      await stage.server.advance(61_000);
      expect((await claire.givePassword(thief)).body.status).toBe('code-required');
      expect((await claire.givePassword(browser)).body.status).toBe('code-required');
      expect((await browser.get('/api/account/activity')).text).toContain('browser_reuse_detected');
    });
  });
});

describe('a browser that remembers a code of three hours ago', () => {
  /** Signed in there again, by the password alone: what a colleague at a shared workstation can do who saw it typed. */
  async function signedInByPasswordAlone(changes: object = {}) {
    const { person, browser } = await stage.signedIn(changes);
    await stage.server.advance(3 * HOUR);
    const again = await person.givePassword(browser);
    expect(again.body.session.amr).toEqual(['pwd']);
    return { person, browser };
  }

  const stepUp = async (person: { codeInMail(): string }, browser: Visitor) => {
    await browser.post('/api/session/challenge', {});
    return browser.post('/api/session/challenge/code', { code: person.codeInMail() });
  };

  it.each([
    ['a number', (browser: Visitor) => browser.put('/api/account/phone', { phoneNumber: '0639981242' })],
    ['a mail address', (browser: Visitor) => browser.put('/api/account/email', { email: 'x@y.example' })],
    ['the way codes come', (browser: Visitor) => browser.patch('/api/account', { codeChannel: 'EMAIL' })],
    ['their own data', (browser: Visitor) => browser.get('/api/account/data')],
  ])('does not let the password alone touch %s', async (_, act) => {
    const { browser } = await signedInByPasswordAlone();
    expect((await act(browser)).outcome).toBe(STALE);
  });

  it('does not allow administration by password only', async () => {
    const { browser } = await signedInByPasswordAlone({ role: 'national-admin', structureId: null });
    const invited = { username: 'x', email: 'x@y.example', displayName: 'X', roles: ['national-admin'] };
    expect((await browser.post('/api/admin/accounts', invited)).outcome).toBe(STALE);
  });

  it.each(['accounts', 'events'])('does not let the password alone take all %s out', async (what) => {
    const { person, browser } = await signedInByPasswordAlone({ role: 'national-admin', structureId: null });
    expect((await browser.get(`/api/admin/${what}/export`)).outcome).toBe(STALE);
    await stepUp(person, browser);
    expect((await browser.get(`/api/admin/${what}/export`)).outcome).toBe('200');
  });

  it('allows a change of language by password only', async () => {
    const { browser } = await signedInByPasswordAlone();
    expect((await browser.patch('/api/account', { locale: 'en' })).body.locale).toBe('en');
    expect((await browser.patch('/api/account', { locale: 'fr', codeChannel: 'EMAIL' })).outcome).toBe(STALE);
    expect((await browser.get('/api/account')).body.locale).toBe('en');
  });

  it.each(['/api/account/sessions', '/api/account/browsers'])(
    'lets one factor end what is at DELETE %s, for five minutes',
    async (path) => {
      const { browser } = await signedInByPasswordAlone();
      const { items } = (await browser.get(path)).body;
      await stage.server.advance(5 * MINUTE + 1);
      for (const end of [path, `${path}/${items[0].id}`])
        expect((await browser.delete(end)).outcome).toBe(STALE);
      const again = await signedInByPasswordAlone();
      expect((await again.browser.delete(path)).outcome).toBe('204');
    },
  );

  it('lets a code given there do so, for five minutes', async () => {
    const { person, browser } = await signedInByPasswordAlone();
    expect((await stepUp(person, browser)).outcome).toBe('200');
    expect((await browser.put('/api/account/phone', { phoneNumber: person.mobile })).outcome).toBe('200');
    await stage.server.advance(5 * MINUTE + 1);
    expect((await browser.delete('/api/account/phone')).outcome).toBe(STALE);
  });

  it('keeps the set-up of SMS as short as it was for a person who has just given a code', async () => {
    const { person, browser } = await stage.signedIn();
    await person.setUpPhone(browser);
    expect((await browser.get('/api/account')).body).toMatchObject({
      codeChannel: 'SMS',
      phone: { status: 'VERIFIED' },
    });
  });
});
