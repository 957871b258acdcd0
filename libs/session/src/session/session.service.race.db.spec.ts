import { MINUTE } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, openMigrated } from '@portillon/testing';
import type { PendingSignIn } from './session.types';
import { sessionPersistence } from '../session.persistence';
import { PERSON, PersonEntity } from '../testing/person';
import { newSession, SessionFixture } from '../testing/session.fixture';

const MANY = 16;

describeOnEveryEngine('many at once', [sessionPersistence, PERSON], (testDatabase) => {
  let fixture: SessionFixture;

  beforeEach(async () => {
    fixture = new SessionFixture(testDatabase.dataSource);
    await fixture.empty();
    await testDatabase.dataSource
      .getRepository(PersonEntity)
      .upsert({ id: 'claire', signedInAt: null }, ['id']);
  });

  /** The end of a sign-in with a code: what a request does with the right one. */
  const signIn = (started: PendingSignIn) =>
    fixture.inOne(async (tx) => {
      if (!(await fixture.signIns.complete(started, tx))) return undefined;
      return (await fixture.sessions.open(newSession(), tx)).token;
    });

  /** A sign-in without a code, in a remembered browser. */
  const signInRemembered = (browserToken: string) =>
    fixture.inOne(async (tx) => {
      if (!(await fixture.browsers.rotate(browserToken, {}, tx))) return undefined;
      return (await fixture.sessions.open(newSession(), tx)).token;
    });

  const shutOut = () =>
    fixture.inOne(async (tx) => {
      await fixture.signIns.endAll('claire', tx);
      await fixture.browsers.endAll('claire', 'deactivated', tx);
      await fixture.sessions.endAll('claire', 'deactivated', {}, tx);
    });

  it('complete one sign-in: one gets a session', async () => {
    const { signIn: started } = await fixture.start();
    const { results, errors } = await concurrently(MANY, () => signIn(started));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await fixture.sessions.list('claire')).toHaveLength(1);
  });

  it('step up one session: one gets its new secret, which is the one that holds', async () => {
    const { session, token } = await fixture.open();
    const changes = { authenticatedAt: fixture.clock.now() };
    const { results, errors } = await concurrently(MANY, () =>
      fixture.inOne((tx) => fixture.sessions.rotate(session, changes, tx)),
    );
    const won = results.filter((result) => result !== undefined);
    expect(errors).toEqual([]);
    expect(won).toHaveLength(1);
    expect(await fixture.sessions.find(won[0]!.token)).toEqual(won[0]!.session);
    expect(await fixture.sessions.find(token)).toBeUndefined();
  });

  it('end one session: exactly one returns true', async () => {
    const { session } = await fixture.open();
    const { results } = await concurrently(MANY, () => fixture.sessions.end(session.id, 'sign-out'));
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('renew and end one session: it stays ended', async () => {
    const { session, token } = await fixture.open();
    const { errors } = await concurrently(MANY, async (index) => {
      if (index === MANY / 2) await fixture.sessions.end(session.id, 'sign-out');
      else await fixture.sessions.renew(session);
    });
    expect(errors).toEqual([]);
    expect(await fixture.sessions.find(token)).toBeUndefined();
  });

  it.each([1, 2, 3, 4, 5])(
    'deactivate a person who is completing sign-ins: no session stays open (%d)',
    async () => {
      const started = await Promise.all(Array.from({ length: MANY }, () => fixture.start()));
      const { errors } = await concurrently(MANY + 1, async (index) => {
        if (index === MANY / 2) await shutOut();
        else await signIn(started[index < MANY / 2 ? index : index - 1]!.signIn);
      });
      expect(errors).toEqual([]);
      expect(await fixture.sessions.list('claire')).toEqual([]);
      for (const { token } of started) expect(await fixture.signIns.find(token)).toBeUndefined();
    },
  );

  it.each([1, 2, 3, 4, 5])(
    'deactivate a person during a sign-in without a code: no session stays open (%d)',
    async () => {
      const browsers = await Promise.all(Array.from({ length: MANY }, () => fixture.remember()));
      const { errors } = await concurrently(MANY + 1, async (index) => {
        if (index === MANY / 2) await shutOut();
        else await signInRemembered(browsers[index < MANY / 2 ? index : index - 1]!.token);
      });
      expect(errors).toEqual([]);
      expect(await fixture.sessions.list('claire')).toEqual([]);
      expect(await fixture.browsers.list('claire')).toEqual([]);
    },
  );

  it('sign in with nine sessions open: ten stay', async () => {
    for (let count = 0; count < 9; count++) await fixture.open();
    const { results, errors } = await concurrently(MANY, () => fixture.openInTurn());
    expect(errors).toEqual([]);
    expect(results).toHaveLength(MANY);
    expect(await fixture.sessions.list('claire')).toHaveLength(10);
  });

  it('sign in for the first time: ten stay, exactly', async () => {
    const { errors } = await concurrently(MANY, () => fixture.openInTurn());
    expect(errors).toEqual([]);
    expect(await fixture.sessions.list('claire')).toHaveLength(10);
  });

  it('open sessions and end them all, again and again, without a deadlock', async () => {
    const { errors } = await concurrently(4 * MANY, async (index) => {
      if (index % 4 === 0) await shutOut();
      else await fixture.sessions.end((await fixture.open()).session.id, 'sign-out');
    });
    expect(errors).toEqual([]);
  });

  it('sign in from as many tabs of one browser: all are let in, with one next secret', async () => {
    const { token } = await fixture.remember();
    const { results, errors } = await concurrently(MANY, async () => {
      const outcome = await fixture.browsers.recognise(token, 'claire');
      return outcome.status === 'recognised' ? fixture.rotateBrowser(outcome.token) : outcome.status;
    });
    expect(errors).toEqual([]);
    expect(new Set(results).size).toBe(1);
    expect((await fixture.browsers.recognise(results[0], 'claire')).status).toBe('recognised');
    fixture.clock.advance(MINUTE);
    expect((await fixture.browsers.recognise(token, 'claire')).status).toBe('reused');
  });

  it('forget a browser that signs in: it is forgotten', async () => {
    const { id, token } = await fixture.remember();
    const { errors } = await concurrently(MANY, async (index) => {
      if (index === MANY / 2) await fixture.browsers.end(id, 'forgotten');
      else await fixture.rotateBrowser(token);
    });
    expect(errors).toEqual([]);
    expect(await fixture.rotateBrowser(token)).toBeUndefined();
    expect(await fixture.browsers.list('claire')).toEqual([]);
  });

  it('purge a session that is being renewed: a renewed one stays', async () => {
    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        fixture.open({ principal: { ...newSession().principal, accountId: `person-${index}` } }),
      ),
    );
    fixture.clock.advance(29 * MINUTE);
    const { errors } = await concurrently(20, async (index) => {
      if (index < 10) await fixture.sessions.renew(opened[index]!.session);
      else await fixture.sessions.purge(100);
    });
    fixture.clock.advance(2 * MINUTE);
    await fixture.sessions.purge(100);
    expect(errors).toEqual([]);
    for (const { token } of opened) expect(await fixture.sessions.find(token)).toBeDefined();
  });

  it('of two processes: a session ended by one is over for the other', async () => {
    const elsewhere = await openMigrated(testDatabase.url, [sessionPersistence]);
    const other = new SessionFixture(elsewhere);
    const { session, token } = await fixture.open();
    expect(await other.sessions.find(token)).toEqual(session);
    await fixture.sessions.end(session.id, 'sign-out');
    expect(await other.sessions.find(token)).toBeUndefined();
    await elsewhere.destroy();
  });
});
