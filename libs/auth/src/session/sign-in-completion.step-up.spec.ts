import type { SignInPolicy, CodeTimePolicy, WorkplaceService } from '@portillon/access';
import type { AccountService } from '@portillon/account';
import type {
  PendingSignInService,
  CodeLimit,
  Session,
  SessionChanges,
  SessionService,
  TrustedDeviceService,
} from '@portillon/session';
import type { AuditService } from '@portillon/audit';
import { HOUR, addMilliseconds } from '@portillon/kernel';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import type { GivenFactor } from '../code/code-check.service';
import { SESSION } from '../testing/sign-in.fixture';
import { SignInCompletionService } from './sign-in-completion.service';

const FACTS = { channel: 'SMS', data: { codeAgeSeconds: 4 } };
const ROTATED = { ...SESSION, rotation: 1 };

function completing({ isOpen = true } = {}) {
  const steps = new Steps();
  const clock = new SettableClock();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const rotations: SessionChanges[] = [];
  const refreshed: unknown[] = [];
  const service = new SignInCompletionService(
    {} as PendingSignInService,
    steps.of<TrustedDeviceService>('browsers', {
      refresh: async (id, acceptedAt) => {
        refreshed.push([id, acceptedAt]);
        return true;
      },
    }),
    {} as AccountService,
    steps.of<SessionService>('sessions', {
      rotate: async (_, changes) => {
        rotations.push(changes);
        return isOpen ? { session: ROTATED, token: 'next token' } : undefined;
      },
    }),
    {} as WorkplaceService,
    {} as SignInPolicy,
    {
      validUntil: (at: Date, limit?: CodeLimit) => addMilliseconds(at, (limit?.hours ?? 24) * HOUR),
    } as unknown as CodeTimePolicy,
    audit,
    clock,
  );
  const complete = (session: Session = SESSION, proof: GivenFactor['proof'] = { code: 'sms' }) =>
    steps.transactions.run((tx) => service.stepUp(session, { proof, facts: FACTS }, CLIENT, tx));
  return { steps, clock, lines, entries, rotations, refreshed, complete };
}

describe('a right code in a session that is open', () => {
  it('keeps the level that the library of the factor declares', async () => {
    const { complete, rotations } = completing();
    await complete(SESSION, { code: 'otp', acr: 'eidas1-mfa' });
    expect(rotations[0]!.proof!.confirmations).toMatchObject([{ by: 'otp', acr: 'eidas1-mfa' }]);
  });

  it('gives the session its next token, and is written down in the same transaction', async () => {
    const { steps, lines, entries, complete } = completing();
    expect(await complete()).toEqual({ session: ROTATED, sessionToken: 'next token' });
    expect(steps.taken).toContain('audit.record(tx)');
    expect(lines).toEqual(['authn_step_up']);
    expect(entries).toMatchObject([{ outcome: 'SUCCESS', accountId: 'claire', ...FACTS }]);
  });

  it('is a proof of the moment in which it was right, in the session and in the remembered browser', async () => {
    const { clock, rotations, refreshed, complete } = completing();
    const acceptedAt = clock.now();
    await complete();
    expect(rotations).toMatchObject([
      {
        codeAcceptedAt: acceptedAt,
        authenticatedAt: acceptedAt,
        codeValidUntilAt: addMilliseconds(acceptedAt, 24 * HOUR),
      },
    ]);
    expect(refreshed).toEqual([['browser', acceptedAt]]);
  });

  it('stands beside the proof of the sign-in, and does not take its place', async () => {
    const { clock, rotations, complete } = completing();
    const at = clock.now().toISOString();
    await complete(SESSION, { code: 'otp' });
    expect(rotations[0]?.proof).toEqual({
      code: 'mail',
      renewedBy: 'code',
      signInProvedAt: SESSION.authenticatedAt.toISOString(),
      confirmations: [{ by: 'otp', at }],
    });
  });

  it('holds no longer than the structure lets it', async () => {
    const { clock, rotations, complete } = completing();
    const principal = { ...SESSION.principal, codeLimit: { hours: 2, until: null } };
    const until = addMilliseconds(clock.now(), 2 * HOUR);
    await complete({ ...SESSION, principal });
    expect(rotations[0]?.codeValidUntilAt).toEqual(until);
  });

  it('gives no hours to a session whose means needs no code, and no browser where none is remembered', async () => {
    const { rotations, refreshed, complete } = completing();
    await complete({ ...SESSION, means: 'cpx', codeValidUntilAt: null, browserId: null });
    expect(rotations[0]?.codeValidUntilAt).toBeNull();
    expect(refreshed).toEqual([]);
  });
});

describe('a code that confirms nothing', () => {
  it('is undone for a session that has ended, or for a token that was changed meanwhile', async () => {
    const { steps, lines, refreshed, complete } = completing({ isOpen: false });
    await expect(complete()).rejects.toMatchObject({ code: 'session.required' });
    expect(steps.taken.at(-1)).toBe('rollback');
    expect([lines, refreshed]).toEqual([[], []]);
  });
});
