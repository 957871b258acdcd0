import { type Clock, AppError } from '@portillon/kernel';
import type { Admission, Presented, SignInPolicy } from '@portillon/access';
import type { Account, AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { OpenedSession, SessionOpening, SignInCompletionService, SignInRefused } from '@portillon/auth';
import type { AssertionRequest, PasskeyAssertionService, VerifiedAssertion } from '@portillon/authenticator';
import type { SessionChanges, SessionService } from '@portillon/session';
import { CLIENT, Steps, journalOf, SettableClock } from '@portillon/testing';
import { CLAIRE, CHALLENGE, PASSKEY, RESPONSE, SESSION, VERIFIED } from '../testing/passkey.fixture';
import type { PasskeyCheckService } from './passkey-check.service';
import { PasskeySignInService } from './passkey-sign-in.service';

const OPEN: Admission = {
  opens: true,
  needs: 'nothing',
  enrolmentOnly: false,
  limit: undefined,
  acceptedAt: null,
  reasons: [],
};

const FORBIDDEN: Admission = { opens: false, refusal: 'means-forbidden', reasons: [] };

interface World {
  verified?: VerifiedAssertion;
  admission?: Admission;
  consumed?: boolean;
  refused?: Error;
}

function signingIn({ verified = VERIFIED, admission = OPEN, consumed = true, refused }: World = {}) {
  const steps = new Steps();
  const opened: SessionOpening[] = [];
  const begun: AssertionRequest[] = [];
  const refusals: string[] = [];
  const service = new PasskeySignInService(
    steps.of<PasskeyCheckService>('checks', {
      require: async () => verified,
      refuse: async (_asked, _owner: Account | undefined, reason) => {
        refusals.push(reason);
        throw new AppError('passkey.rejected');
      },
    }),
    steps.of<PasskeyAssertionService>('assertions', {
      begin: async (request) => {
        begun.push(request);
        return CHALLENGE;
      },
      consume: async () => consumed,
    }),
    steps.of<AccountService>('accounts', { getForSignIn: async () => CLAIRE }),
    {
      judge: (_: Account, { means, passkeys }: Presented) =>
        means === 'passkey' && passkeys?.[0] === verified.passkey ? admission : FORBIDDEN,
    } as unknown as SignInPolicy,
    steps.transactions,
    steps.of<SignInCompletionService>('openings', {
      open: async (opening: SessionOpening) => {
        opened.push(opening);
        if (refused) throw refused;
        return { account: CLAIRE, session: SESSION, sessionToken: 's' } as OpenedSession;
      },
    }),
    {} as SessionService,
    {} as AuditService,
    {} as Clock,
  );
  const signIn = () => service.signIn('cookie', RESPONSE, CLIENT);
  return { steps, opened, begun, refusals, begin: () => service.begin(), signIn };
}

describe('a sign-in with a passkey', () => {
  it('uses the answer up in the transaction that opens the session, and asks for no code', async () => {
    const { steps, opened, signIn } = signingIn();
    expect((await signIn()).sessionToken).toBe('s');
    const inside = ['assertions.consume(tx)', 'openings.open(tx)'];
    expect(steps.taken).toEqual(['checks.require', 'accounts.getForSignIn', 'begin', ...inside, 'commit']);
    expect(opened[0]).toMatchObject({
      means: 'passkey',
      amr: ['hwk', 'user', 'mfa'],
      codeAcceptedAt: null,
      browserId: null,
      proof: {},
      facts: { data: { passkeyId: 'passkey', passkeyKind: 'device' } },
    });
  });

  it('begins with a challenge that is bound to no account: the passkey says who it is', async () => {
    const { begun, begin } = signingIn();
    expect(await begin()).toBe(CHALLENGE);
    expect(begun).toEqual([{ purpose: 'sign-in', binding: '' }]);
  });

  it('says whether the key is synced, and how the identity was proven at enrolment', async () => {
    const passkey = { ...PASSKEY, kind: 'synced', identityProof: 'cpx' } as const;
    const { opened, signIn } = signingIn({ verified: { ...VERIFIED, passkey } });
    await signIn();
    expect(opened[0]).toMatchObject({ amr: ['swk', 'user', 'mfa'], proof: { identity: 'cpx' } });
  });

  it('opens nothing with an answer that another caller used', async () => {
    const { steps, opened, refusals, signIn } = signingIn({ consumed: false });
    await expect(signIn()).rejects.toMatchObject({ code: 'passkey.rejected' });
    expect(steps.taken).toContain('rollback');
    expect([opened, refusals]).toEqual([[], ['passkey-used']]);
  });

  it.each(['deactivated', 'means-forbidden'] as const)(
    'is refused to an account that is %s',
    async (refusal) => {
      const admission = { opens: false, refusal, reasons: [] } as const;
      const { steps, refusals, signIn } = signingIn({ admission });
      await expect(signIn()).rejects.toBeInstanceOf(AppError);
      expect(refusals).toEqual([refusal]);
      expect(steps.taken).not.toContain('begin');
    },
  );

  it('leaves the challenge unused when the account has just been closed', async () => {
    const { steps, refusals, signIn } = signingIn({ refused: new SignInRefused(CLAIRE, 'deactivated') });
    await expect(signIn()).rejects.toMatchObject({ code: 'passkey.rejected' });
    expect(steps.taken).toContain('rollback');
    expect(refusals).toEqual(['deactivated']);
  });

  it('is no refusal when the database fails', async () => {
    const lost = new Error('the connection was lost');
    const { refusals, signIn } = signingIn({ refused: lost });
    await expect(signIn()).rejects.toBe(lost);
    expect(refusals).toEqual([]);
  });
});

function confirming({ consumed = true, isOpen = true, passkey = PASSKEY } = {}) {
  const steps = new Steps();
  const clock = new SettableClock();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const asked: AssertionRequest[] = [];
  const rotations: SessionChanges[] = [];
  const service = new PasskeySignInService(
    steps.of<PasskeyCheckService>('checks', {
      require: async (request: AssertionRequest) => (asked.push(request), { ...VERIFIED, passkey }),
    }),
    steps.of<PasskeyAssertionService>('assertions', {
      begin: async (request) => (asked.push(request), CHALLENGE),
      consume: async () => consumed,
    }),
    {} as AccountService,
    {} as SignInPolicy,
    steps.transactions,
    {} as SignInCompletionService,
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
  const begin = () => service.beginConfirmation(SESSION);
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

  it('is used up with the session’s next token, with the journal, in one transaction', async () => {
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
    expect(over.steps.taken).toContain('rollback');
    expect(over.lines).toEqual([]);
  });
});
