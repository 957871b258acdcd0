import { PscStage } from '../harness/services/psc-stage';
import type { Server } from '../harness/server/server';

const CALLBACK = '/api/sign-in/pro-sante-connect/callback?state=made-up&code=made-up';
const AGAIN = '/connexion?erreur=sign-in.required';
const REJECTED = '/connexion?erreur=identity.rejected';
const TOO_MANY = '/connexion?erreur=attempts.exceeded';
/** The claims of a person with two activities. */
const SEVERAL = { SubjectRefPro: { exercices: [{ activities: [{}, {}] }] } };
const BOUND = 300;
const AT_A_TIME = 20;

/** The embedded database serves one process. */
const onMariadb = process.env['PORTILLON_TEST_MARIADB_PORT'] ? describe : describe.skip;

onMariadb('the way back from PSC to two servers on one database', () => {
  const psc = new PscStage('MariaDB');
  let other: Server;

  beforeAll(async () => {
    await psc.open();
    other = await psc.stage.anotherServer();
  }, 60_000);
  afterAll(() => psc.close(), 20_000);

  const sessions = async (accountId: string) => {
    const sql = 'SELECT COUNT(*) AS n FROM session WHERE accountId = ?';
    return Number((await psc.stage.database.row<{ n: number }>(sql, [accountId]))!.n);
  };

  it('is accepted by either of them', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    const later = visitor.copy().through(other.url);
    expect((await visitor.get(back)).headers.location).toBe('/');
    expect((await later.get(back)).headers.location).toBe(AGAIN);
    expect(await psc.journal()).toMatchObject({ reason: 'replayed-state' });
    expect((await later.get('/api/session')).outcome).toBe('401 session.required');
    expect((await visitor.get('/api/session')).outcome).toBe('200');
  });

  it.each([
    ['signed in', {}, '/'],
    ['who is to choose an activity', SEVERAL, '/connexion/exercice'],
  ])('makes PSC see no code twice, by a browser that goes back: %s', async (_, claims, place) => {
    const claire = await psc.professional(claims);
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    expect((await visitor.get(back)).headers.location).toBe(place);
    const asked = await psc.provider.asked('token');
    for (const server of [psc.stage.server, other])
      expect((await visitor.through(server.url).get(back)).headers.location).toBe(AGAIN);
    expect(await psc.provider.asked('token')).toBe(asked);
  });

  it('opens at most one session for sixteen concurrent requests to both, and the next sign-in works', async () => {
    const claire = await psc.professional();
    const visitor = psc.visitor();
    const back = await psc.wayBack(visitor, claire.id);
    const ways = Array.from({ length: 16 }, (_, index) =>
      index % 2 ? visitor.copy() : visitor.copy().through(other.url),
    );
    const answers = await Promise.all(ways.map((one) => one.get(back)));
    const places = answers.map((one) => one.headers.location);
    expect(places.filter((one) => !['/', AGAIN, REJECTED].includes(one!))).toEqual([]);
    // Each server asked PSC, which lets a code be used once and may take back what it gave for it.
    expect(places.filter((one) => one === '/').length).toBeLessThanOrEqual(1);
    expect(await sessions(claire.id)).toBe(places.filter((one) => one === '/').length);
    expect((await psc.signIn(visitor, claire.id)).headers.location).toBe('/');
  });

  it('are counted together by failed proofs at PSC: one server enforces the limit that another reached', async () => {
    const hospital = { 'x-forwarded-for': '198.51.100.40' };
    const claire = await psc.professional();
    const flooder = psc.stage.visitor(hospital);
    for (let sent = 0; sent < BOUND; sent += AT_A_TIME)
      await Promise.all(Array.from({ length: AT_A_TIME }, () => flooder.copy().get(CALLBACK)));
    const asked = await psc.provider.asked('token');
    const guess = async () => {
      const visitor = psc.stage.visitor(hospital);
      const back = new URL(await psc.wayBack(visitor, claire.id), 'http://x');
      back.searchParams.set('code', 'guess');
      return (await visitor.through(other.url).get(back.pathname + back.search)).headers.location;
    };
    for (let time = 0; time < 3; time++) expect(await guess()).toBe(TOO_MANY);
    expect(await psc.provider.asked('token')).toBe(asked);
  });
});
