import type { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { EnteredApplication, SessionClientService } from '@portillon/openid';
import type { Session, SessionService } from '@portillon/session';
import { OwnApplicationService } from './own-application.service';

const PRINCIPAL = { roles: ['professional'], structure: { id: 'hospital', name: 'Hôpital' } };
const SESSION = { accountId: 'claire', principal: PRINCIPAL, activity: { profession: '10' } };
const [MORNING, EVENING] = [new Date('2026-11-24T08:00:00Z'), new Date('2026-11-24T18:00:00Z')];

/** The applications of a user with the open session `open`, who may open the application `agenda`. */
function ownApplications(entries: Partial<EnteredApplication>[] = [], trusted = true) {
  const asked: Session[] = [];
  const openableBy = async (session: Session) => {
    asked.push(session);
    return [{ id: 'agenda', name: 'Agenda', trusted } as ApplicationEntity];
  };
  const rows = entries.map((entry) => ({
    applicationId: 'agenda',
    sessionId: 'open',
    grantId: 'profile',
    lastUsedAt: MORNING,
    endedAt: null,
    ...entry,
  }));
  const unused = {} as never;
  const service = new OwnApplicationService(
    { openableBy } as unknown as ApplicationService,
    {
      entriesOf: async () => rows,
      scopesOf: async (grantId) => ['openid', grantId],
    } as Partial<SessionClientService> as SessionClientService,
    { list: async () => [{ id: 'open' }] } as unknown as SessionService,
    unused,
    unused,
    unused,
    unused,
  );
  return { asked, list: (session: object = SESSION) => service.list(session as Session) };
}

describe('my applications', () => {
  it('are those for my roles, my structure and the profession of my chosen activity', async () => {
    const { asked, list } = ownApplications();
    await list();
    expect(asked).toEqual([SESSION]);
  });

  it('are those for everybody when I have neither structure nor activity', async () => {
    const { asked, list } = ownApplications();
    const nowhere = { accountId: 'claire', principal: { roles: [], structure: null }, activity: null };
    await list(nowhere);
    expect(asked).toEqual([nowhere]);
  });

  it.each<[string, Partial<EnteredApplication>[], Date | null, boolean]>([
    ['never entered', [], null, false],
    ['entered in this session', [{}], MORNING, true],
    ['entered in a session that is over', [{ sessionId: 'over' }], MORNING, false],
    ['signed out of', [{ endedAt: EVENING }], MORNING, false],
    ['entered in two sessions', [{}, { sessionId: 'over', lastUsedAt: EVENING }], EVENING, true],
    ['not entered, but another one is', [{ applicationId: 'other' }], null, false],
  ])('tell the last entry, and whether I can sign out: %s', async (_, entries, lastUsedAt, isSignedIn) => {
    expect(await ownApplications(entries).list()).toMatchObject([{ lastUsedAt, isSignedIn }]);
  });

  it.each<[string, Partial<EnteredApplication>[], boolean, string[] | null]>([
    ['in each session that is open', [{}, { grantId: 'email' }], false, ['openid', 'profile', 'email']],
    ['in none that is over', [{ sessionId: 'over' }], false, null],
    ['not where I signed out of it', [{ endedAt: EVENING }], false, null],
    ['and nothing where the operator asks nothing', [{}], true, null],
  ])('tell what I consented to: %s', async (_, entries, trusted, consent) => {
    expect(await ownApplications(entries, trusted).list()).toMatchObject([{ consent }]);
  });
});
