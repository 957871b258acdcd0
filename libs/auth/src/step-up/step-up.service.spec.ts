import type { CodeTimePolicy, FactorPolicy } from '@portillon/access';
import type { Account, AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import type { Session, SessionChanges, SessionService, TrustedDeviceService } from '@portillon/session';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import type { CodeCheckService } from '../code/code-check.service';
import { StepUpCompletionService } from './step-up-completion.service';
import { StepUpService } from './step-up.service';
import { CLAIRE, SESSION } from '../testing/sign-in.fixture';

const ACCEPTED = { status: 'accepted', channel: 'EMAIL', sentAt: new Date('2026-01-01') } as CodeAccepted;
const UNTIL = new Date('2026-01-03');

interface World {
  codes?: Partial<CodeCheckService>;
  account?: Account | undefined;
  isOpen?: boolean;
  takesCodes?: boolean;
}

function steppingUp(world: World = {}) {
  const { codes, isOpen = true, takesCodes = true } = world;
  const steps = new Steps();
  const clock = new SettableClock();
  const { audit, lines } = journalOf<AuditService>(steps);
  const rotations: SessionChanges[] = [];
  const completion = new StepUpCompletionService(
    steps.transactions,
    steps.of<SessionService>('sessions', {
      rotate: async (_, changes) => {
        rotations.push(changes);
        return isOpen ? { session: SESSION, token: 'new token' } : undefined;
      },
    }),
    steps.of<TrustedDeviceService>('browsers', { refresh: async () => true }),
    { validUntil: () => UNTIL } as unknown as CodeTimePolicy,
    audit,
    clock,
  );
  const service = new StepUpService(
    { getForSignIn: async () => ('account' in world ? world.account : CLAIRE) } as unknown as AccountService,
    { acceptsCodes: () => takesCodes } as unknown as FactorPolicy,
    steps.of<CodeCheckService>('codes', {
      settle: (_, opened) => opened,
      check: async () => ACCEPTED,
      consume: async () => undefined,
      ...codes,
    }),
    completion,
    clock,
  );
  const submit = (session: Session = SESSION) => service.submit(session, '482913', CLIENT);
  return { steps, clock, lines, rotations, submit };
}

describe('a code for a session that is open', () => {
  it('is counted and compared, then consumed with the session’s next token in one transaction', async () => {
    const { steps, lines, submit } = steppingUp();
    expect(await submit()).toEqual({ session: SESSION, sessionToken: 'new token' });
    expect(steps.taken).toEqual([
      'codes.check',
      'begin',
      'codes.consume(tx)',
      'codes.settle',
      'sessions.rotate(tx)',
      'browsers.refresh(tx)',
      'audit.record(tx)',
      'commit',
    ]);
    expect(lines).toEqual(['authn_step_up']);
  });

  it('makes the session fresh, for 24 more hours', async () => {
    const { clock, rotations, submit } = steppingUp();
    await submit();
    const now = clock.now();
    expect(rotations).toEqual([
      {
        codeAcceptedAt: now,
        codeValidUntilAt: UNTIL,
        authenticatedAt: now,
        proof: {
          code: 'mail',
          renewedBy: 'code',
          signInProvedAt: SESSION.authenticatedAt.toISOString(),
          confirmations: [{ by: 'mail', at: now.toISOString() }],
        },
      },
    ]);
  });

  it('gives no 24 hours to a session that needs no code', async () => {
    const { steps, rotations, submit } = steppingUp();
    await submit({ ...SESSION, means: 'cpx', codeValidUntilAt: null, browserId: null });
    expect(rotations[0]?.codeValidUntilAt).toBeNull();
    expect(steps.taken).not.toContain('browsers.refresh(tx)');
  });

  it('changes nothing when it is refused', async () => {
    const refused = new AppError('code.rejected');
    const { steps, submit } = steppingUp({ codes: { check: () => Promise.reject(refused) } });
    await expect(submit()).rejects.toBe(refused);
    expect(steps.taken).toEqual(['codes.check']);
  });

  it('is not looked at where the structure takes none any more, whenever it left', async () => {
    const { steps, submit } = steppingUp({ takesCodes: false });
    await expect(submit()).rejects.toMatchObject({ code: 'code.not-accepted' });
    expect(steps.taken).toEqual([]);
  });

  it('is not looked at in the session of an account that was erased', async () => {
    const { steps, submit } = steppingUp({ account: undefined });
    await expect(submit()).rejects.toMatchObject({ code: 'session.required' });
    expect(steps.taken).toEqual([]);
  });

  it('is not used up for a session that ended meanwhile', async () => {
    const { steps, submit } = steppingUp({ isOpen: false });
    await expect(submit()).rejects.toMatchObject({ code: 'session.required' });
    expect(steps.taken.slice(-2)).toEqual(['sessions.rotate(tx)', 'rollback']);
  });
});
