import type { AuditEvent, AuditService } from '@portillon/audit';
import type { SessionService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { ProviderSessionService } from './provider-session.service';
import { ProSanteConnectSignOutService } from './pro-sante-connect-sign-out.service';
import type { ProviderService } from '../provider/provider.service';
import { CLIENT, SESSION } from '../testing/proven';
import type { TokenClaims } from '../provider/provider-token-verifier.service';

const CLAIMS = {
  jti: 'j',
  sid: 'at-psc',
  sub: 'f:claire',
  events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
};

describe('the end of a session', () => {
  let steps: Steps;
  let written: AuditEvent[];

  beforeEach(() => {
    steps = new Steps();
    written = [];
  });

  interface Changes {
    end?: SessionService['end'];
  }
  const service = ({ end = async () => true }: Changes = {}) =>
    new ProSanteConnectSignOutService(
      steps.of<ProviderService>('provider', {
        logoutClaims: async () => CLAIMS as unknown as TokenClaims,
      }),
      steps.of<ProviderSessionService>('providerSessions', {
        findNamed: async () => [SESSION.id],
        takeLogoutToken: async () => true,
        releaseLogoutToken: async () => undefined,
      }),
      steps.of<SessionService>('sessions', { get: async () => SESSION, end }),
      steps.of<AuditService>('audit', { record: async (event) => void written.push(event) }),
    );

  it('that PSC reports is noted before the sessions are looked for, then each ends and is recorded', async () => {
    await service().handleBackChannelLogout('token', CLIENT);
    expect(steps.taken).toEqual([
      'provider.logoutClaims',
      'providerSessions.takeLogoutToken',
      'providerSessions.findNamed',
      'sessions.get',
      'sessions.end',
      'audit.record',
    ]);
    expect(written).toMatchObject([
      { name: 'authn_logout', data: { by: 'pro-sante-connect', sid: 'at-psc' } },
    ]);
  });

  it('may be reported again when it could not be done', async () => {
    const end = () => Promise.reject(new Error('the database is away'));
    const told = service({ end }).handleBackChannelLogout('token', CLIENT);
    await expect(told).rejects.toMatchObject({ code: 'service.busy' });
    expect(steps.taken.at(-1)).toBe('providerSessions.releaseLogoutToken');
  });
});
