import type { ClientApplication } from '@portillon/application';
import type { Session, SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import { application, contextOf, LEVELS, session } from '../testing/openid.fixture';
import { LiveSessionService } from './live-session.service';
import { RequestRegistry } from './request-registry.service';

function admitted(asked: Partial<ClientApplication>, found: Session | null = session()) {
  const raw = {};
  const requests = new RequestRegistry();
  requests.add({ raw } as FastifyRequest, undefined);
  const sessions = { get: async (id: string) => (id === 'session' && found ? found : undefined) };
  const unused = {} as never;
  const clock = new SettableClock();
  const service = new LiveSessionService(sessions as SessionService, unused, requests, clock, LEVELS);
  return service.getAdmitted(
    'session',
    application(asked),
    Object.assign(contextOf(), { req: raw as never }),
  );
}

describe('what an application was issued', () => {
  it('is good while the person may open it', async () => {
    expect(await admitted({})).toMatchObject({ id: 'session' });
  });

  it('is worth nothing once the session has ended', async () => {
    expect(await admitted({}, null)).toBeUndefined();
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
