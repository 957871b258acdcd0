import { DAY, addMilliseconds } from '@portillon/kernel';
import { SettableClock, Steps } from '@portillon/testing';
import type { AdapterPayload } from 'oidc-provider';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { NOW, SESSION } from '../testing/openid.fixture';
import type {
  OpenidSessionClientEntity,
  OpenidSessionClientRepository,
} from './openid-session-client.repository';
import { SessionClientService } from './session-client.service';

const ENTERING = {
  sessionId: 'session',
  applicationId: 'agenda',
  accountId: 'claire',
  sid: 'sid-own',
  grantId: 'grant-own',
};
const STANDING = { ...ENTERING, sid: 'sid-standing', grantId: 'grant-standing' } as OpenidSessionClientEntity;
const LIBRARYS = { kind: 'Session', jti: 'jti', uid: 'uid', iat: 1, exp: 2, state: { secret: 'question' } };

function clients(rows: Partial<OpenidSessionClientRepository> = {}) {
  const steps = new Steps();
  const kept = new Map<string, object>();
  const seconds: number[] = [];
  const service = new SessionClientService(
    steps.of<OpenidSessionClientRepository>('rows', rows),
    steps.of<OpenidArtifactService>('artifacts', {
      put: async (model, id, payload, life) => {
        kept.set(`${model} ${id}`, payload);
        seconds.push(life);
      },
      find: async (model, id) => kept.get(`${model} ${id}`) as AdapterPayload | undefined,
      delete: async (model, id) => void kept.delete(`${model} ${id}`),
    }),
    new SettableClock(NOW),
  );
  return { kept, seconds, service };
}

describe('what the library keeps of a session', () => {
  it('is of a person the question of signing out alone, under the session of this service', async () => {
    const { service, kept, seconds } = clients();
    await service.save('id', { ...LIBRARYS, accountId: 'claire', uid: 'session' }, 60);
    expect(Object.fromEntries(kept)).toEqual({ 'SignOut session': { state: LIBRARYS.state } });
    expect(seconds).toEqual([60]);
    expect(await service.signOutOf(SESSION)).toEqual({ secret: 'question' });
  });

  it('is nothing of a person who was asked nothing', async () => {
    const { service, kept } = clients();
    await service.save('id', { accountId: 'claire', uid: 'session' }, 60);
    expect(kept.size).toBe(0);
    expect(await service.signOutOf(SESSION)).toBeUndefined();
  });

  it('is of a browser that no one is signed in with what finds it again, and no person', async () => {
    const { service, kept } = clients();
    await service.save('id', { ...LIBRARYS, authorizations: {} } as AdapterPayload, 60);
    expect(kept.get('Session id')).toEqual(LIBRARYS);
    expect(await service.findAnonymous('id')).toEqual(LIBRARYS);
    await service.forgetAnonymous('id');
    expect(await service.findAnonymous('id')).toBeUndefined();
  });
});

describe('an application that a session enters', () => {
  it('keeps its own entry where the row has gone meanwhile', async () => {
    const { service } = clients({ renew: async () => false, find: async () => null });
    expect(await service.enter(ENTERING, 'grant-before')).toEqual({ ...ENTERING, isFirst: false });
  });
});

describe('the entries of applications in a session', () => {
  it('is given to the library by the grant of each, where it has one', async () => {
    const entries = [STANDING, { ...STANDING, applicationId: 'beds', sid: 'sid-beds', grantId: null }];
    const { service } = clients({ ofSession: async () => entries as never });
    expect(await service.authorizationsOf('session')).toEqual({
      agenda: { sid: 'sid-standing', grantId: 'grant-standing' },
      beds: { sid: 'sid-beds' },
    });
  });

  it('is found by its `sid`, by that application alone', async () => {
    const { service } = clients({ findBySid: async (sid) => (sid === 'sid-standing' ? STANDING : null) });
    expect(await service.sessionOf('sid-standing', 'agenda')).toBe('session');
    expect(await service.entryOf('sid-standing', 'agenda')).toBe(STANDING);
    expect(await service.sessionOf('sid-standing', 'dossiers')).toBeUndefined();
    expect(await service.sessionOf('sid-other', 'agenda')).toBeUndefined();
  });

  it('is forgotten after 30 days', async () => {
    const asked: unknown[] = [];
    const { service } = clients({
      deleteMadeBefore: async (...of: unknown[]) => {
        asked.push(of);
        return 3;
      },
    } as never);
    expect(await service.purge(100)).toBe(3);
    expect(asked).toEqual([[addMilliseconds(NOW, -30 * DAY), 100]]);
  });
});
