import type { AuditEvent, AuditService } from '@portillon/audit';
import type { GateSessionService } from '@portillon/gate';
import type { ApplicationSignOutService } from '@portillon/openid';
import type { SessionService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import { OwnApplicationSignOutService } from './own-application-sign-out.service';
import { client, session } from '../testing/own.fixture';

/** Of a person with two sessions, one of which entered the application. */
function signOut(entered = ['session']) {
  const steps = new Steps();
  const recorded: AuditEvent[] = [];
  const ended: unknown[] = [];
  const service = new OwnApplicationSignOutService(
    steps.of<SessionService>('sessions', {
      list: async (accountId) => ['session', 'other'].map((id) => ({ ...session, id, accountId })),
    }),
    steps.transactions,
    steps.of<ApplicationSignOutService>('openid', {
      end: async (...asked) => {
        ended.push(asked.slice(0, 2));
        return entered;
      },
    }),
    steps.of<GateSessionService>('gate', {
      endAt: async (...asked) => void ended.push(asked.slice(0, 2)),
    }),
    steps.of<AuditService>('audit', { record: async (event) => void recorded.push(event) }),
  );
  return { service, steps, recorded, ended };
}

describe('signing out of one application', () => {
  it('ends what it holds of all my sessions, its cookies where it was entered, with a line, in one transaction', async () => {
    const { service, steps, recorded, ended } = signOut();
    await service.end(session, 'agenda', client);
    expect(steps.taken).toEqual([
      'sessions.list',
      'begin',
      'openid.end(tx)',
      'gate.endAt(tx)',
      'audit.record(tx)',
      'commit',
    ]);
    expect(ended).toEqual([
      ['agenda', ['session', 'other']],
      ['agenda', ['session']],
    ]);
    expect(recorded).toMatchObject([
      { name: 'application_left', outcome: 'SUCCESS', accountId: 'claire', data: { application: 'agenda' } },
    ]);
  });
});
