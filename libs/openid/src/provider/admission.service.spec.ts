import type { ClientApplication } from '@portillon/application';
import type { Session } from '@portillon/session';
import { application, contextOf, LEVELS, session } from '../testing/openid.fixture';
import { AdmissionService } from './admission.service';
import type { LiveSessionService } from './live-session.service';

function admitted(asked: Partial<ClientApplication>, standing: Session = session()) {
  const live = { get: async (id: string) => (id === 'session' ? standing : undefined) };
  const service = new AdmissionService(live as unknown as LiveSessionService, LEVELS);
  return service.sessionFor('session', application(asked), contextOf());
}

describe('what an application was issued', () => {
  it('is good while the person may open it', async () => {
    expect(await admitted({})).toMatchObject({ id: 'session' });
  });

  it('is worth nothing once the session has ended', async () => {
    const live = { get: async () => undefined } as unknown as LiveSessionService;
    const service = new AdmissionService(live, LEVELS);
    expect(await service.sessionFor('session', application(), contextOf())).toBeUndefined();
  });

  it.each<[string, Partial<ClientApplication>]>([
    ['the application was disabled', { status: 'disabled' }],
    ['it is for another role', { audienceRoles: ['structure-admin'] }],
    ['it is for another structure', { audienceStructures: ['sud'] }],
    ['it asks for a level that no proof reaches', { minAcr: 'eidas3' }],
  ])('is worth nothing once %s', async (_, asked) => {
    expect(await admitted(asked)).toBeUndefined();
  });

  it('is good by any proof of the session that reaches the level', async () => {
    const confirmations = [{ by: 'passkey' as const, at: '2026-11-24T15:35:00Z', amr: ['hwk'] }];
    const byMail = session({ proof: { code: 'mail', confirmations } });
    expect(await admitted({ minAcr: 'eidas1-mfa' }, byMail)).toBe(byMail);
  });

  it('outlasts the age that a new entry requires of a proof: an application renews its tokens without the person', async () => {
    expect(await admitted({ maxAgeSeconds: 60 })).toMatchObject({ id: 'session' });
  });
});
