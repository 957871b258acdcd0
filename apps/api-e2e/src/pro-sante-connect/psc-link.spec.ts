import { linkTo } from '../harness/people/card-desk';
import type { Person } from '../harness/people/person';
import { ProviderBrowser } from '../harness/services/psc-provider';
import { describePscOnEveryEngine, newNationalId } from '../harness/services/psc-stage';
import type { Answer } from '../harness/people/answer.types';
import type { Visitor } from '../harness/people/visitor';

const LINK = '/api/account/pro-sante-connect';
const MINUTE = 60_000;
const told = (code: string) => `/mon-compte?rattachement=${code}`;

describePscOnEveryEngine('an e-CPS that one links oneself', (psc) => {
  /** A person without a national id whom PSC knows, signed in with password and code. */
  async function unlinked(nationalId = newNationalId()) {
    const person = await psc.stage.person();
    await psc.provider.knows(person.id, { SubjectNameID: nationalId, email: person.email });
    const browser = psc.visitor();
    await person.signIn(browser);
    return { person, browser, nationalId };
  }
  /** To PSC with the wish to link, and back: the address of the callback. */
  async function wayBack(browser: Visitor, atPsc: Person, at = new ProviderBrowser()): Promise<string> {
    const { location } = (await browser.post(LINK)).body as { location: string };
    const back = await at.signIn(location, atPsc.id);
    return back.pathname + back.search;
  }
  const place = (answer: Answer) => answer.headers.location;
  const linkOf = async (browser: Visitor) => (await browser.get('/api/account')).body.nationalId as string;
  const journal = (person: Person) =>
    psc.stage.database.rows<{ name: string; reason: string | null; means: string; data: string }>(
      "SELECT name, reason, means, data FROM auditEvent WHERE accountId = ? AND name LIKE 'ecps%' ORDER BY id",
      [person.id],
    );

  it('opens a session afterwards; the journal records it and a mail notifies the person', async () => {
    const { person, browser, nationalId } = await unlinked();
    expect(place(await browser.get(await wayBack(browser, person)))).toBe(told('ok'));
    expect(await linkOf(browser)).toBe(`${nationalId.slice(0, 2)}•••••••${nationalId.slice(-3)}`);
    const [line] = await journal(person);
    expect(line).toMatchObject({ name: 'ecps_linked', reason: null, means: 'pro-sante-connect' });
    expect(JSON.parse(line!.data)).toEqual({
      subject: person.id,
      acr: 'eidas1',
      nationalId: expect.stringMatching(/^8\d•{7}\d{3}$/) as string,
    });
    await person.mailAbout('une e-CPS est liée');
    const elsewhere = psc.visitor();
    await psc.signIn(elsewhere, person.id);
    expect((await elsewhere.get('/api/session')).body.session.account.username).toBe(person.username);
  });

  it('is notified once when it is linked twice, and ends the PSC session with the sign-out', async () => {
    const { person, browser } = await unlinked();
    const atPsc = new ProviderBrowser();
    await browser.get(await wayBack(browser, person, atPsc));
    expect(place(await browser.get(await wayBack(browser, person, atPsc)))).toBe(told('ok'));
    expect((await journal(person)).map((one) => one.name)).toEqual(['ecps_linked']);
    const next = (await browser.delete('/api/session')).headers['sign-out-next'] as string;
    const end = new URL(place(await browser.get(next))!);
    expect(end.pathname).toMatch(/\/logout$/);
    expect(end.searchParams.get('id_token_hint')).toMatch(/^ey/);
  });

  it('is never linked by a sign-in, even in a browser with a session', async () => {
    const { person, browser } = await unlinked();
    expect(place(await psc.signIn(browser, person.id))).toBe('/connexion?erreur=account.not-linked');
    expect(await linkOf(browser)).toBeNull();
  });

  it('replaces no other link, and takes no id from another account', async () => {
    const { person, browser } = await unlinked();
    const other = await unlinked();
    await linkTo(psc.stage, other.person.id, other.nationalId);
    expect(place(await browser.get(await wayBack(browser, other.person)))).toBe(
      told('account.already-linked'),
    );
    expect(await linkOf(browser)).toBeNull();
    await browser.get(await wayBack(browser, person));
    const third = await unlinked();
    expect(place(await browser.get(await wayBack(browser, third.person)))).toBe(
      told('account.already-linked'),
    );
    expect((await journal(person)).map((one) => [one.name, one.reason])).toEqual([
      ['ecps_link_fail', 'already-linked'],
      ['ecps_linked', null],
      ['ecps_link_fail', 'already-linked'],
    ]);
  });

  it('is linked for one of two accounts that want it at once', async () => {
    const [one, two] = [await unlinked(), await unlinked()];
    const ways = await Promise.all([one, two].map(({ browser }) => wayBack(browser, one.person)));
    const places = await Promise.all([one, two].map(async ({ browser }, at) => browser.get(ways[at]!)));
    expect(places.map(place).sort()).toEqual([told('account.already-linked'), told('ok')]);
  });

  it('is linked once by sixteen ways back at once', async () => {
    const { person, browser } = await unlinked();
    const back = await wayBack(browser, person);
    const answers = await Promise.all(Array.from({ length: 16 }, () => browser.copy().get(back)));
    expect(answers.map(place).filter((one) => one === told('ok'))).toHaveLength(1);
    expect((await journal(person)).map((one) => one.name)).toEqual(['ecps_linked']);
  });

  it('is not linked to a victim who is led to the way back of an attacker', async () => {
    const [victim, attacker] = [await unlinked(), await unlinked()];
    const planted = await wayBack(attacker.browser, attacker.person);
    expect(place(await victim.browser.get(planted))).toBe('/connexion?erreur=sign-in.required');
    await victim.browser.post(LINK);
    expect(place(await victim.browser.get(planted))).toBe('/connexion?erreur=sign-in.required');
    expect(await linkOf(victim.browser)).toBeNull();
    expect(place(await attacker.browser.get(planted))).toBe(told('ok'));
  });

  it('is not linked when another person has signed in meanwhile in the same browser, or the session ended', async () => {
    const [first, second] = [await unlinked(), await unlinked()];
    const back = await wayBack(first.browser, first.person);
    const left = await wayBack(first.browser, first.person);
    await first.browser.delete('/api/session');
    expect(place(await first.browser.get(left))).toBe(told('session.required'));
    await second.person.signIn(first.browser);
    expect(place(await first.browser.get(back))).toBe(told('session.required'));
    expect(await linkOf(first.browser)).toBeNull();
    const [line] = await journal(second.person);
    expect(line).toMatchObject({ name: 'ecps_link_fail', reason: 'other-session' });
  });

  it('is not begun from another site', async () => {
    const { browser } = await unlinked();
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await browser.post(LINK, undefined, { headers })).outcome).toBe('403 origin.refused');
  });

  it('cannot be replaced in a session that Pro Santé Connect opened', async () => {
    const person = await psc.professional();
    const thief = psc.visitor();
    await psc.signIn(thief, person.id);
    expect((await thief.delete('/api/account/national-id')).body.nationalId).toBeNull();
    expect((await thief.post(LINK)).outcome).toBe('403 password.required');
    const [line] = await journal(person);
    expect(line).toMatchObject({ name: 'ecps_link_fail', reason: 'password-required' });
    expect(JSON.parse(line!.data)).toEqual({ by: 'pro-sante-connect' });
  });

  it('shows whether the link was cancelled, refused or unavailable', async () => {
    const { person, browser } = await unlinked();
    const { location } = (await browser.post(LINK)).body as { location: string };
    const back = await new ProviderBrowser().cancel(location);
    expect(place(await browser.get(back.pathname + back.search))).toBe(told('sign-in.cancelled'));
    for (const [mood, code] of [
      [{ idToken: { foreignKey: true } }, 'identity.rejected'],
      [{ userinfo: { claims: { sub: 'somebody-else' } } }, 'identity.rejected'],
      [{ down: ['token' as const] }, 'means.unavailable'],
    ] as const) {
      const way = await wayBack(browser, person);
      await psc.provider.be(mood as never);
      expect(place(await browser.get(way))).toBe(told(code));
      await psc.provider.be();
    }
    expect(await linkOf(browser)).toBeNull();
    const lines = (await journal(person)).map(({ reason, data }) => [reason, JSON.parse(data) as unknown]);
    expect(lines).toEqual([
      ['cancelled', {}],
      ['identity-not-proven', { detail: 'signature' }],
      ['identity-not-proven', { detail: 'userinfo-subject' }],
      ['provider-unavailable', { detail: 'out-of-reach' }],
    ]);
  });

  // The clock goes on from here, and PSC’s does not: these come last.
  it('continues when a code has given the session a new token meanwhile', async () => {
    const { person, browser } = await unlinked();
    const back = await wayBack(browser, person);
    await psc.stage.server.advance(MINUTE);
    await browser.post('/api/session/challenge', {});
    await browser.post('/api/session/challenge/code', { code: person.codeInMail() });
    expect(place(await browser.get(back))).toBe(told('ok'));
  });

  it('wants a session, a proof of the last 5 minutes, and the way back within 5 minutes', async () => {
    expect((await psc.visitor().post(LINK)).outcome).toBe('401 session.required');
    const { person, browser } = await unlinked();
    const back = await wayBack(browser, person);
    await psc.stage.server.advance(5 * MINUTE);
    expect((await browser.post(LINK)).outcome).toBe('401 reauthentication.required');
    expect(place(await browser.get(back))).toBe('/connexion?erreur=sign-in.required');
    expect(await linkOf(browser)).toBeNull();
  });
});
