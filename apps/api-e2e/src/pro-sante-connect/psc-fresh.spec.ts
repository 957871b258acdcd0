import { Mood, ProviderBrowser } from '../harness/services/psc-provider';
import { describePsc } from '../harness/services/psc-stage';
import type { Visitor } from '../harness/people/visitor';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = '/api/sign-in/pro-sante-connect';
const LINK = '/api/account/pro-sante-connect';
const REJECTED = 'identity.rejected';
const seconds = (shift: number) => Math.floor((Date.now() + shift) / 1_000);
const provedAt = (shift: number): Mood => ({ idToken: { claims: { auth_time: seconds(shift) } } });

describePsc('a sensitive act of who came with Pro Santé Connect', (psc) => {
  /** Any act that asks for a fresh proof. */
  const act = async (visitor: Visitor) => (await visitor.get('/api/account/data')).outcome;
  const signedInWhile = async (mood: Mood, fresh = false) => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await wayBack(visitor, fresh ? `${START}?fresh=true` : START, claire.id);
    await psc.provider.be(mood);
    const answer = await visitor.get(back);
    await psc.provider.be();
    return { visitor, place: answer.headers.location };
  };

  it('is done right after the e-CPS was used', async () => {
    const { visitor } = await signedInWhile({});
    expect(await act(visitor)).toBe('200');
  });

  it.each<[string, Mood]>([
    ['hours ago', provedAt(-3 * HOUR)],
    ['five minutes ago', provedAt(-5 * MINUTE)],
    ['at a time that PSC does not tell', { idToken: { without: ['auth_time'] } }],
  ])('asks for a proof when the session at PSC is of %s, though it signs in', async (_, mood) => {
    const { visitor, place } = await signedInWhile(mood);
    expect(place).toBe('/');
    expect((await visitor.get('/api/session')).outcome).toBe('200');
    expect(await act(visitor)).toBe('401 reauthentication.required');
  });

  it.each<[string, Mood]>([
    ['in two hours', provedAt(2 * HOUR)],
    ['at no time that is a number', { idToken: { claims: { auth_time: 'now' } } }],
  ])('is out of reach of who proved it %s: they do not even sign in', async (_, mood) => {
    const { visitor, place } = await signedInWhile(mood);
    expect(place).toBe(`/connexion?erreur=${REJECTED}`);
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
  });

  it('is confirmed by a fresh proof that PSC is asked for with `max_age`', async () => {
    const visitor = psc.visitor();
    const asked = async (path: string) => {
      const { location } = (await visitor.get(path)).headers;
      return new URL(location!).searchParams.get('max_age');
    };
    expect(await asked(START)).toBeNull();
    expect(await asked(`${START}?fresh=true`)).toBe('300');
    const { visitor: claire } = await signedInWhile({}, true);
    expect(await act(claire)).toBe('200');
  });

  it.each<[string, Mood]>([
    ['of hours ago', provedAt(-3 * HOUR)],
    ['of a time that it does not tell', { idToken: { without: ['auth_time'] } }],
  ])('is not done with a proof %s, when PSC was asked for a fresh one', async (_, mood) => {
    const { visitor, place } = await signedInWhile(mood, true);
    expect(place).toBe(`/connexion?erreur=${REJECTED}`);
    expect((await visitor.get('/api/session')).outcome).toBe('401 session.required');
  });

  it('is refused with an old proof when `max_age` was removed from the address', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const address = new URL((await visitor.get(`${START}?fresh=true`)).headers.location!);
    address.searchParams.delete('max_age');
    const back = await new ProviderBrowser().signIn(address.href, claire.id);
    await psc.provider.be(provedAt(-HOUR));
    const answer = await visitor.get(back.pathname + back.search);
    await psc.provider.be();
    expect(answer.headers.location).toBe(`/connexion?erreur=${REJECTED}`);
  });

  it('links no e-CPS of a colleague whose session at PSC was left open at this workstation', async () => {
    const person = await psc.stage.person();
    const colleague = await psc.professional();
    await psc.stage.database.execute('UPDATE account SET nationalId = NULL WHERE id = ?', [colleague.id]);
    const browser = psc.visitor();
    await person.signIn(browser);
    const { location } = (await browser.post(LINK)).body as { location: string };
    expect(new URL(location).searchParams.get('max_age')).toBe('300');
    const back = await new ProviderBrowser().signIn(location, colleague.id);
    await psc.provider.be(provedAt(-HOUR));
    const answer = await browser.get(back.pathname + back.search);
    await psc.provider.be();
    expect(answer.headers.location).toBe(`/mon-compte?rattachement=${REJECTED}`);
    expect((await browser.get('/api/account')).body.nationalId).toBeNull();
  });

  // The clock goes on from here, and PSC’s does not: this comes last.
  it('asks for a proof again after five minutes, also when the activity is chosen only then', async () => {
    const one = await signedInWhile({});
    const several = { SubjectRefPro: { exercices: [{ activities: [{}, {}] }] } };
    const paul = await psc.professional(several);
    const choosing = psc.visitor();
    await psc.signIn(choosing, paul.id);
    await psc.stage.server.advance(5 * MINUTE + 1_000);
    expect(await act(one.visitor)).toBe('401 reauthentication.required');
    expect((await choosing.post(`${START}/activity`, { activity: '0.1' })).outcome).toBe('200');
    expect(await act(choosing)).toBe('401 reauthentication.required');
  });
});

async function wayBack(visitor: Visitor, start: string, person: string): Promise<string> {
  const { location } = (await visitor.get(start)).headers;
  const back = await new ProviderBrowser().signIn(location!, person);
  return back.pathname + back.search;
}
