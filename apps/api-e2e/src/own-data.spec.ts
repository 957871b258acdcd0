import { QUICK, useStage } from './harness/stage';

const MINUTE = 60_000;

const stage = useStage(QUICK);

describe('my data', () => {
  it('are everything that is kept of me, as a file, and no secret among it', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await claire.setUpPhone(browser);
    await stage.server.advance(MINUTE / 2 + 1_000);
    await claire.mailAbout('nouveau navigateur');
    const answer = await browser.get('/api/account/data');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="portillon-mes-donnees.json"');
    expect(answer.headers['cache-control']).toContain('no-store');
    expect(answer.body.account).toMatchObject({
      username: claire.username,
      email: claire.email,
      displayName: claire.displayName,
      structure: { name: 'Hôpital des Trois Dames' },
    });
    expect(answer.body.sessions).toHaveLength(1);
    expect(answer.body.browsers.length).toBeGreaterThan(0);
    const names = answer.body.activity.map((one: { name: string }) => one.name);
    expect(names).toEqual(expect.arrayContaining(['authn_login_success', 'phone_changed', 'phone_verified']));
    const kinds = answer.body.messages.map((one: { kind: string }) => one.kind);
    expect(kinds).toEqual(expect.arrayContaining(['code.sign-in', 'notice.new-browser']));
    const [session, remembered] = ['portillon_session', 'portillon_browser'].map(
      (name) => browser.cookies.get(name)!.split('.')[1]!,
    );
    for (const secret of [claire.mobile, claire.mobile.slice(4), session!, remembered!, 'argon2', 'Digest'])
      expect(answer.text).not.toContain(secret);
  });

  it('are mine alone', async () => {
    const [claire, paul] = [await stage.person(), await stage.person()];
    await paul.signIn(stage.visitor());
    const browser = stage.visitor();
    await claire.signIn(browser);
    const { text } = await browser.get('/api/account/data');
    for (const word of [paul.id, paul.username, paul.email]) expect(text).not.toContain(word);
  });

  it('need a fresh proof: the screen may be a shared one', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await stage.server.advance(6 * MINUTE);
    expect((await browser.get('/api/account/data')).outcome).toBe('401 reauthentication.required');
  });

  it('hold people with the oddest names', async () => {
    const claire = await stage.person();
    const name = `O'Brien "Zoé" <b> =1+1 ${'é'.repeat(40)} 👩‍⚕️`;
    await stage.database.execute('UPDATE account SET displayName = ? WHERE id = ?', [name, claire.id]);
    const browser = stage.visitor();
    await claire.signIn(browser);
    expect((await browser.get('/api/account/data')).body.account.displayName).toBe(name);
  });
});

describe('the request for erasure', () => {
  it('is made with a fresh proof, once, and taken back', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    expect((await browser.get('/api/account')).body.erasureRequestedAt).toBeNull();
    const first = await browser.post('/api/account/erasure-request');
    expect(first.body.erasureRequestedAt).toMatch(/^\d{4}-/);
    await stage.server.advance(MINUTE);
    const again = await browser.post('/api/account/erasure-request');
    expect(again.body.erasureRequestedAt).toBe(first.body.erasureRequestedAt);
    await stage.server.advance(6 * MINUTE);
    expect((await browser.post('/api/account/erasure-request')).outcome).toBe(
      '401 reauthentication.required',
    );
    const back = await browser.delete('/api/account/erasure-request');
    expect([back.status, back.body.erasureRequestedAt]).toEqual([200, null]);
    const names = (await browser.get('/api/account/activity')).body.items.map(
      (one: { name: string }) => one.name,
    );
    expect(names.filter((one: string) => one.startsWith('erasure'))).toEqual([
      'erasure_withdrawn',
      'erasure_requested',
    ]);
  });
});
