import { ProviderBrowser } from '../harness/services/psc-provider';
import { describePsc, newNationalId } from '../harness/services/psc-stage';
import type { Answer } from '../harness/people/answer.types';
import type { Visitor } from '../harness/people/visitor';

const CALLBACK = '/api/sign-in/pro-sante-connect/callback?state=made-up&code=made-up';
const AGAIN = '/connexion?erreur=sign-in.required';
const TOO_MANY = '/connexion?erreur=attempts.exceeded';
const REJECTED = '/connexion?erreur=identity.rejected';
const BUSY = '/connexion?erreur=service.busy';
const BOUND = 300;
const AT_A_TIME = 20;
const TEN_MINUTES = 600_000;

describePsc('an address from which somebody floods the way back from PSC', (psc) => {
  const hospital = { 'x-forwarded-for': '198.51.100.30' };
  const placeOf = ({ status, headers }: Answer) => [status, headers.location];

  /** Rows of what a way back may write. */
  const stored = () =>
    psc.stage.database.row(`SELECT (SELECT COUNT(*) FROM auditEvent) AS told,
      (SELECT COUNT(*) FROM pscRequest) AS used, (SELECT COUNT(*) FROM session) AS opened`);

  async function flood(flooder: Visitor, total = BOUND): Promise<void> {
    for (let sent = 0; sent < total; sent += AT_A_TIME) {
      const answers = await Promise.all(
        Array.from({ length: AT_A_TIME }, () => flooder.copy().get(CALLBACK)),
      );
      for (const answer of answers) expect(placeOf(answer)).toEqual([302, AGAIN]);
    }
  }

  it('makes the service call PSC no more often than that, even with valid states', async () => {
    const paul = await psc.professional();
    const visitor = psc.stage.visitor({ 'x-forwarded-for': '198.51.100.31' });
    const asked = await psc.provider.asked('token');
    const states: string[] = [];
    for (let time = 0; time < BOUND + 40; time++)
      states.push(new URL(await psc.leave(visitor)).searchParams.get('state')!);
    const issuer = encodeURIComponent(psc.provider.ready.issuer);
    const ways = states.map(
      (state) => `/api/sign-in/pro-sante-connect/callback?code=guess&iss=${issuer}&state=${state}`,
    );
    const places: Record<string, number> = {};
    while (ways.length > 0)
      await Promise.all(
        ways.splice(0, AT_A_TIME).map(async (way) => {
          const place = String((await visitor.copy().get(way)).headers.location);
          // A database that was too busy to count it refused it: the browser comes again.
          if (place === BUSY) ways.push(way);
          else places[place] = (places[place] ?? 0) + 1;
        }),
      );
    expect(places).toEqual({ [REJECTED]: BOUND, [TOO_MANY]: 40 });
    expect(await psc.provider.asked('token')).toBe(asked + BOUND);
    expect(placeOf(await psc.signIn(psc.visitor(), paul.id))).toEqual([302, '/']);
  }, 60_000);

  it('may be a hospital’s: who comes in, chooses or links gives their place back, however many they are', async () => {
    const network = { 'x-forwarded-for': '198.51.100.32' };
    const visitor = () => psc.stage.visitor(network);
    const [claire, paul, nadia] = [
      await psc.professional(),
      await psc.professional({ SubjectRefPro: { exercices: [{ activities: [{}, {}] }] } }),
      await psc.stage.person(),
    ];
    await psc.provider.knows(nadia.id, { SubjectNameID: newNationalId() });
    await flood(visitor(), BOUND - 2 * AT_A_TIME);
    const linking = visitor();
    await nadia.signIn(linking);
    const { location } = (await linking.post('/api/account/pro-sante-connect')).body as { location: string };
    const back = await new ProviderBrowser().signIn(location, nadia.id);
    expect(placeOf(await linking.get(back.pathname + back.search))).toEqual([
      302,
      '/mon-compte?rattachement=ok',
    ]);
    expect(placeOf(await psc.signIn(visitor(), paul.id))).toEqual([302, '/connexion/exercice']);
    for (let time = 0; time < 2 * AT_A_TIME + 5; time++)
      expect(placeOf(await psc.signIn(visitor(), claire.id))).toEqual([302, '/']);

    await flood(visitor(), 2 * AT_A_TIME);
    expect(placeOf(await visitor().get(CALLBACK))).toEqual([302, TOO_MANY]);
  }, 60_000);

  it('gets a page that explains it, writes no more rows, and blocks no other address', async () => {
    const claire = await psc.professional();
    const [flooder, hers] = [psc.stage.visitor(hospital), psc.stage.visitor(hospital)];
    const back = await psc.wayBack(hers, claire.id);
    await flood(flooder);
    const before = await stored();
    for (let time = 0; time < 5; time++)
      expect(placeOf(await flooder.get(CALLBACK))).toEqual([302, TOO_MANY]);
    expect(await stored()).toEqual(before);

    const asked = await psc.provider.asked('token');
    expect(placeOf(await hers.get(back))).toEqual([302, TOO_MANY]);
    expect(await psc.provider.asked('token')).toBe(asked);
    expect((await hers.get('/api/session')).outcome).toBe('401 session.required');
    expect(placeOf(await psc.signIn(psc.visitor(), claire.id))).toEqual([302, '/']);
    await psc.stage.server.advance(TEN_MINUTES);
    expect(placeOf(await flooder.get(CALLBACK))).toEqual([302, AGAIN]);
  });
});
