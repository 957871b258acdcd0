import { useStage } from './harness/stage';
import type { Visitor } from './harness/visitor';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STALE = '401 reauthentication.required';

describe('a browser that remembers a code of three hours ago', () => {
  const stage = useStage();

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

  it('does not let the password alone administer', async () => {
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

  it('lets the password alone choose the language', async () => {
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
