import type { AuditEvent, AuditService } from '@portillon/audit';
import type { SessionService, TrustedDeviceService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import { SessionRevocationService } from './session-revocation.service';
import { client, session } from '../testing/own.fixture';

/** Whether what is to end is the person's own. */
function revocation(own = true) {
  const steps = new Steps();
  const recorded: AuditEvent[] = [];
  const spared: object[] = [];
  const service = new SessionRevocationService(
    steps.transactions,
    steps.of<SessionService>('sessions', {
      endOf: async () => own,
      endAll: async (_account, _reason, options) => spared.push(options),
    }),
    steps.of<TrustedDeviceService>('trustedDevices', { endOf: async () => own, endAll: async () => 1 }),
    steps.of<AuditService>('audit', { record: async (event) => void recorded.push(event) }),
  );
  return { steps, recorded, spared, service };
}

describe('what a person ends', () => {
  it.each([
    ['a session', 'endSession', 'sessions.endOf(tx)', 'session_revoked'],
    ['a browser', 'forgetBrowser', 'trustedDevices.endOf(tx)', 'browser_forgotten'],
  ] as const)('%s ends with its line of the journal, in one transaction', async (_, act, step, name) => {
    const { steps, recorded, service } = revocation();
    await service[act](session, 'other', client);
    expect(steps.taken).toEqual(['begin', step, 'audit.record(tx)', 'commit']);
    expect(recorded).toMatchObject([{ name, outcome: 'SUCCESS', accountId: 'claire' }]);
  });

  it.each(['endSession', 'forgetBrowser'] as const)(
    '%s: what belongs to another person looks like what does not exist',
    async (act) => {
      const { steps, recorded, service } = revocation(false);
      await expect(service[act](session, 'of-paul', client)).rejects.toMatchObject({ code: 'not-found' });
      expect(steps.taken.at(-1)).toBe('rollback');
      expect(recorded).toEqual([]);
    },
  );

  it('all sessions end but the one at hand', async () => {
    const { spared, recorded, service } = revocation();
    await service.endOtherSessions(session, client);
    expect(spared).toEqual([{ except: 'session' }]);
    expect(recorded).toMatchObject([{ name: 'session_revoked' }]);
  });

  it('all browsers are forgotten', async () => {
    const { steps, recorded, service } = revocation();
    await service.forgetAllBrowsers(session, client);
    expect(steps.taken).toEqual(['begin', 'trustedDevices.endAll(tx)', 'audit.record(tx)', 'commit']);
    expect(recorded).toMatchObject([{ name: 'browser_forgotten' }]);
  });
});
