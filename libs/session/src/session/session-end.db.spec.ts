import { HOUR } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import type { EndedSession } from './session.types';
import { sessionPersistence } from '../session.persistence';
import { paul, SessionFixture } from '../testing/session.fixture';

describeOnEveryEngine('who hears of the end of sessions', [sessionPersistence], (testDatabase) => {
  let fixture: SessionFixture;
  let heard: string[];

  beforeEach(async () => {
    fixture = new SessionFixture(testDatabase.dataSource, { maxSessions: 2 });
    await fixture.empty();
    heard = [];
    fixture.sessions.subscribe({ sessionsEnded: async (ids) => heard.push(...ids) });
  });

  const opened = async () => (await fixture.open()).session.id;

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['a sign-out', (id) => fixture.sessions.end(id, 'sign-out')],
    ['a revocation by the person', (id) => fixture.sessions.endOf('claire', id, 'revoked')],
    ['the end of all', () => fixture.inOne((tx) => fixture.sessions.endAll('claire', 'deactivated', {}, tx))],
    ['an erasure', () => fixture.inOne((tx) => fixture.sessions.erase('claire', tx))],
  ])('hears of %s', async (_, end) => {
    const id = await opened();
    await end(id);
    expect(heard).toEqual([id]);
  });

  it('is notified of idleness, whether a request or the purge finds it', async () => {
    const [{ token, session }, other] = [await fixture.open(), await opened()];
    fixture.clock.advance(HOUR);
    await fixture.sessions.find(token);
    await fixture.sessions.purge(100);
    expect(heard.sort()).toEqual([session.id, other].sort());
  });

  it('is notified of one session too many', async () => {
    const first = await opened();
    await opened();
    await opened();
    expect(heard).toEqual([first]);
  });

  it('can ask whose it was, and what ended it', async () => {
    const ended: EndedSession[] = [];
    fixture.sessions.subscribe({
      sessionsEnded: async (ids, tx) => ended.push(...(await fixture.sessions.ended(ids, tx))),
    });
    const [one, other] = [await opened(), await opened()];
    const place = { roles: [], function: null, manages: true };
    const memberships = [{ ...place, structure: { id: 'clinic', name: 'Clinique', finess: null } }];
    const { session } = await fixture.open({ principal: { ...paul, memberships } });
    await fixture.sessions.end(one, 'sign-out');
    await fixture.inOne((tx) => fixture.sessions.erase('claire', tx));
    await fixture.sessions.end(session.id, 'revoked');
    expect(ended).toMatchObject([
      {
        ...{ id: one, accountId: 'claire', reason: 'sign-out' },
        ...{ structureId: 'structure-1', structureIds: [] },
      },
      { id: other, accountId: 'claire', reason: null },
      {
        ...{ id: session.id, accountId: 'paul', reason: 'revoked' },
        ...{ structureId: null, structureIds: ['clinic'] },
      },
    ]);
  });

  it('is not notified of a session that had ended already', async () => {
    const id = await opened();
    await fixture.sessions.end(id, 'sign-out');
    await fixture.sessions.end(id, 'sign-out');
    expect(heard).toEqual([id]);
  });

  it('rolls the end back when it fails', async () => {
    const { token, session } = await fixture.open();
    fixture.sessions.subscribe({ sessionsEnded: () => Promise.reject(new Error('no room')) });
    await expect(fixture.sessions.end(session.id, 'sign-out')).rejects.toThrow('no room');
    expect(await fixture.sessions.find(token)).toBeDefined();
  });
});
