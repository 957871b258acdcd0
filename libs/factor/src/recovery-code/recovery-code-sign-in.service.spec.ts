import { FactorPolicy, FactorRegistry } from '@portillon/access';
import type { AccountService } from '@portillon/account';
import type {
  CompletedSignIn,
  CompletionPlace,
  GivenFactor,
  OwnFactorCheckService,
  SignInCompletionService,
} from '@portillon/auth';
import type { RecoveryCodeService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CLIENT, Steps } from '@portillon/testing';
import { CLAIRE, SESSION, SIGN_IN } from '../testing/codes.fixture';
import { RecoveryCodeSignInService } from './recovery-code-sign-in.service';

type Unused = Awaited<ReturnType<RecoveryCodeService['unused']>>[number];
const CODE = { accountId: 'claire', position: 0 } as Unused;
const COMPLETED: CompletedSignIn = { session: SESSION, sessionToken: 's' };

interface World {
  signIn?: PendingSignIn | undefined;
  /** Whether the user may give a recovery code at this time. */
  taken?: boolean;
  has?: boolean;
  right?: boolean;
  used?: boolean;
  /** How many are left; null: the set has gone meanwhile. */
  left?: number | null;
  failure?: AppError;
}

function signingIn(world: World = {}) {
  const { taken = true, has = true, right = true, used = true, left = 1, failure } = world;
  const steps = new Steps();
  const notified: unknown[] = [];
  const refunded: unknown[] = [];
  const completed: [GivenFactor, CompletionPlace][] = [];
  const service = new RecoveryCodeSignInService(
    steps.transactions,
    steps.of<PendingSignInService>('signIns', {
      find: async () => ('signIn' in world ? world.signIn : SIGN_IN),
    }),
    steps.of<RecoveryCodeService>('codes', {
      unused: async () => (has ? [CODE, CODE] : []),
      compare: (unused) => (right ? unused[0] : undefined),
      use: async () => used,
      stateOf: async () => (left === null ? undefined : { createdAt: new Date(0), remaining: left }),
    }),
    steps.of<OwnFactorCheckService>('checks', {
      verify: async <Match>(
        _person: unknown,
        _client: unknown,
        _words: unknown,
        compare: () => Match | undefined,
      ) => {
        const match = compare();
        if (match === undefined) throw new AppError('recovery-code.rejected');
        return match;
      },
      forgive: async () => undefined,
      refundAfter: async (error, _person, _client, words) => void refunded.push([error, words]),
    }),
    steps.of<AccountService>('accounts', { getForSignIn: async () => CLAIRE }),
    { acceptsOwn: (factor: string) => taken && factor === 'recovery-code' } as unknown as FactorPolicy,
    steps.of<SignInCompletionService>('completion', {
      complete: async (_signIn, factor, place) => {
        completed.push([factor, place]);
        if (failure) throw failure;
        return COMPLETED;
      },
    }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, { id }, { left }) => void notified.push([kind, id, left]),
    }),
  );
  const use = { signInToken: 'token', code: '7ZQK-0M4T-9RXB-2HWE', client: CLIENT };
  return { steps, notified, refunded, completed, submit: () => service.submit(use) };
}

describe('a recovery code', () => {
  it('is compared once its attempt was counted, then used up with what it opens, and the account holder is notified', async () => {
    const { steps, notified, submit } = signingIn();
    expect(await submit()).toBe(COMPLETED);
    const order = ['checks.verify', 'codes.compare', 'begin', 'codes.use(tx)', 'completion.complete(tx)'];
    expect(steps.taken.filter((step) => order.includes(step))).toEqual(order);
    expect(steps.taken).toContain('checks.forgive(tx)');
    expect(notified).toEqual([['recovery-code-used', 'claire', 1]]);
  });

  it('opens a session that adds a means and does nothing else, in a browser that is not remembered', async () => {
    const { completed, submit } = signingIn();
    await submit();
    const factor = {
      proof: { recovered: true, limitedTo: 'enrolment' },
      facts: { channel: 'RECOVERY_CODE' },
    };
    expect(completed).toMatchObject([[factor, { rememberBrowser: false }]]);
  });

  it('notifies the account holder that none is left where the set has gone meanwhile', async () => {
    const { notified, submit } = signingIn({ left: null });
    await submit();
    expect(notified).toEqual([['recovery-code-used', 'claire', 0]]);
  });

  it.each<World>([{ right: false }, { has: false }])(
    'is refused alike when it is wrong and when the person has none: %j',
    async (world) => {
      await expect(signingIn(world).submit()).rejects.toMatchObject({ code: 'recovery-code.rejected' });
    },
  );

  it('is not even looked up where the person may give none', async () => {
    const { steps, submit } = signingIn({ taken: false });
    await expect(submit()).rejects.toMatchObject({ code: 'recovery-code.rejected' });
    expect(steps.taken).not.toContain('codes.unused');
  });

  it('opens and notifies nothing for the second of two with one code', async () => {
    const { notified, refunded, completed, submit } = signingIn({ used: false });
    await expect(submit()).rejects.toMatchObject({ code: 'recovery-code.rejected' });
    expect([notified, completed]).toEqual([[], []]);
    const words = { channel: 'RECOVERY_CODE', rejected: 'recovery-code.rejected' };
    expect(refunded).toEqual([[expect.objectContaining({ code: 'recovery-code.rejected' }), words]]);
  });

  it('is given back where the account may no longer enter', async () => {
    const failure = new AppError('sign-in.required');
    const { refunded, submit } = signingIn({ failure });
    await expect(submit()).rejects.toBe(failure);
    expect(refunded).toMatchObject([[failure, {}]]);
  });

  it('is neither looked at nor counted without a sign-in in progress', async () => {
    const { steps, submit } = signingIn({ signIn: undefined });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(steps.taken).not.toContain('checks.verify');
    expect(steps.taken).not.toContain('codes.unused');
  });
});

describe('a recovery code as a second factor', () => {
  it('is that of a person who has one left, and confirms nothing in a session that is open', async () => {
    const factors = new FactorRegistry({ acceptsOwn: () => true } as unknown as FactorPolicy);
    const codes = { holders: async (ids: string[]) => new Set(ids.filter((id) => id === 'claire')) };
    factors.register({ id: 'recovery-code', code: null }, codes as unknown as RecoveryCodeService);
    expect(await factors.of(CLAIRE)).toEqual(['recovery-code']);
    expect(await factors.confirming(CLAIRE)).toEqual([]);
    expect(await factors.of({ ...CLAIRE, id: 'paul' })).toEqual([]);
  });
});
