import type { AuditService } from '@portillon/audit';
import type { AssertionRequest, PasskeyAssertionService } from '@portillon/authenticator';
import type { SessionChanges, SessionService } from '@portillon/session';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import type { PasskeyCheckService } from './passkey-check.service';
import { PasskeyStepUpService } from './passkey-step-up.service';
import { CHALLENGE, PASSKEY, RESPONSE, SESSION, VERIFIED } from '../testing/passkey.fixture';

function confirming({ consumed = true, isOpen = true, passkey = PASSKEY } = {}) {
  const steps = new Steps();
  const clock = new SettableClock();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const asked: AssertionRequest[] = [];
  const rotations: SessionChanges[] = [];
  const service = new PasskeyStepUpService(
    steps.of<PasskeyCheckService>('checks', {
      require: async (request: AssertionRequest) => (asked.push(request), { ...VERIFIED, passkey }),
    }),
    steps.of<PasskeyAssertionService>('assertions', {
      begin: async (request) => (asked.push(request), CHALLENGE),
      consume: async () => consumed,
    }),
    steps.transactions,
    steps.of<SessionService>('sessions', {
      rotate: async (_, changes) => {
        rotations.push(changes);
        return isOpen ? { session: SESSION, token: 'new token' } : undefined;
      },
    }),
    audit,
    clock,
  );
  const confirm = () => service.confirm(SESSION, 'cookie', RESPONSE, CLIENT);
  const begin = () => service.begin(SESSION);
  return { steps, clock, lines, entries, asked, rotations, begin, confirm };
}

describe('a passkey before a sensitive act', () => {
  it('is asked of the session’s own person, in that session', async () => {
    const { asked, begin, confirm } = confirming();
    expect(await begin()).toBe(CHALLENGE);
    await confirm();
    const own = { purpose: 'step-up', binding: 'session', accountId: 'claire' };
    expect(asked).toEqual([own, own]);
  });

  it('is used up with the session’s next token in one transaction', async () => {
    const { steps, lines, entries, confirm } = confirming();
    expect((await confirm()).sessionToken).toBe('new token');
    expect(steps.taken).toEqual([
      'checks.require',
      'begin',
      'assertions.consume(tx)',
      'sessions.rotate(tx)',
      'audit.record(tx)',
      'commit',
    ]);
    expect(lines).toEqual(['authn_step_up']);
    expect(entries).toMatchObject([{ means: 'passkey', data: { passkeyId: 'passkey' } }]);
  });

  it('makes the session fresh, and leaves the 24 hours of its code as they are', async () => {
    const { clock, rotations, confirm } = confirming();
    await confirm();
    const now = clock.now();
    expect(rotations).toEqual([
      {
        authenticatedAt: now,
        proof: {
          code: 'mail',
          renewedBy: 'passkey',
          signInProvedAt: SESSION.authenticatedAt.toISOString(),
          confirmations: [{ by: 'passkey', at: now.toISOString(), amr: ['hwk', 'user', 'mfa'] }],
        },
      },
    ]);
  });

  it('shows how the identity of the person was proven, where it was', async () => {
    const passkey = { ...PASSKEY, identityProof: 'cpx' } as const;
    const { rotations, confirm } = confirming({ passkey });
    await confirm();
    expect(rotations[0]?.proof?.confirmations).toMatchObject([{ by: 'passkey', identity: 'cpx' }]);
  });

  it('changes nothing with an answer that another caller used, nor in a session that has ended', async () => {
    const used = confirming({ consumed: false });
    await expect(used.confirm()).rejects.toMatchObject({ code: 'passkey.rejected' });
    expect(used.rotations).toEqual([]);
    const over = confirming({ isOpen: false });
    await expect(over.confirm()).rejects.toMatchObject({ code: 'session.required' });
    expect(over.steps.taken.slice(-1)).toEqual(['rollback']);
  });
});
