import { FactorPolicy, FactorRegistry } from '@portillon/access';
import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { OwnFactorCheckService } from '@portillon/auth';
import type {
  CodeCheckService,
  CompletedSignIn,
  GivenFactor,
  SignInCompletionService,
} from '@portillon/auth';
import type { OpenTotp, TotpService, TotpStep } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import type { AttemptCount, OtpAttemptService, OtpLock } from '@portillon/otp';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { CLAIRE, SESSION, SIGN_IN } from '../testing/codes.fixture';
import { TotpSignInService, totpFactor } from './totp-sign-in.service';

/** The second factors once the deployment has started, of which Claire alone has an app. */
function started(offered: boolean) {
  const factors = new FactorRegistry({ acceptsOwn: () => true } as unknown as FactorPolicy);
  const holders = async (ids: string[]) => (offered ? ids.filter((id) => id === 'claire') : []);
  factors.register(totpFactor, { holders } as unknown as TotpService);
  return factors;
}

describe('an authenticator app as a second factor', () => {
  it('is that of a person who has confirmed one, and of no other', async () => {
    const factors = started(true);
    expect(await factors.of(CLAIRE)).toEqual(['totp']);
    expect(await factors.of({ ...CLAIRE, id: 'paul' })).toEqual([]);
  });

  it('is none where the deployment takes none, whatever is left of one', async () => {
    expect(await started(false).of(CLAIRE)).toEqual([]);
  });
});

const APP: OpenTotp = { accountId: 'claire', secret: 'secret', lastStep: 1 };
const STEP: TotpStep = { ...APP, step: 2 };
const LOCK: OtpLock = { status: 'locked', retryAt: null, fresh: true };
const COMPLETED: CompletedSignIn = { session: SESSION, sessionToken: 's', browserToken: 't' };
const STEPPED = { session: SESSION, sessionToken: 'next' };

interface World {
  signIn?: PendingSignIn | undefined;
  /** Whether the user's structure accepts an app at this time. */
  taken?: boolean;
  has?: boolean;
  right?: boolean;
  used?: boolean;
  counted?: AttemptCount;
  failure?: AppError;
}

function signingIn(world: World = {}) {
  const { taken = true, has = true, right = true, used = true, counted, failure } = world;
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const given: GivenFactor[] = [];
  const checks = new OwnFactorCheckService(
    steps.of<OtpAttemptService>('attempts', {
      count: async () => counted ?? { status: 'counted', lock: null },
      forgive: async () => undefined,
      refund: async () => undefined,
    }),
    steps.of<CodeCheckService>('codes', { refuse: () => Promise.reject(new AppError('attempts.exceeded')) }),
    audit,
  );
  const opening = async <Opened>(factor: GivenFactor, opened: Opened) => {
    given.push(factor);
    if (failure) throw failure;
    return opened;
  };
  const service = new TotpSignInService(
    steps.transactions,
    steps.of<PendingSignInService>('signIns', {
      find: async () => ('signIn' in world ? world.signIn : SIGN_IN),
    }),
    steps.of<TotpService>('totp', {
      open: async () => (has ? APP : undefined),
      compare: () => (right ? STEP : undefined),
      use: async () => used,
    }),
    checks,
    steps.of<AccountService>('accounts', { getForSignIn: async () => CLAIRE }),
    { acceptsOwn: (factor: string) => taken && factor === 'totp' } as unknown as FactorPolicy,
    steps.of<SignInCompletionService>('completion', {
      complete: (_, factor) => opening(factor, COMPLETED),
      stepUp: (_, factor) => opening(factor, STEPPED),
    }),
  );
  const place = { client: CLIENT, rememberBrowser: true, browserCookie: undefined };
  const submit = () => service.submit({ ...place, signInToken: 'token', code: '482913' });
  const confirm = () => service.confirm(SESSION, '482913', CLIENT);
  return { steps, lines, given, submit, confirm };
}

describe('the code of an authenticator app', () => {
  it.each([
    ['submit', COMPLETED],
    ['confirm', STEPPED],
  ] as const)(
    'is counted before it is compared, then used up with what it opens: %s',
    async (act, opened) => {
      const { steps, given, ...acts } = signingIn();
      expect(await acts[act]()).toBe(opened);
      expect(steps.taken.slice(-8, -2)).toEqual([
        'totp.open',
        'attempts.count',
        'totp.compare',
        'begin',
        'totp.use(tx)',
        'attempts.forgive(tx)',
      ]);
      expect(given).toMatchObject([{ proof: { code: 'otp' }, facts: { channel: 'TOTP' } }]);
    },
  );

  it('is refused when it is wrong, and the journal says so', async () => {
    const { steps, lines, submit } = signingIn({ right: false });
    await expect(submit()).rejects.toMatchObject({ code: 'totp.rejected' });
    expect(lines).toEqual(['authn_code_fail rejected']);
    expect(steps.taken).not.toContain('begin');
  });

  it.each<[string, World]>([
    ['without app', { has: false }],
    ['whose code comes by mail alone', { taken: false }],
  ])('is counted and refused alike of a person %s', async (_who, world) => {
    const { steps, lines, submit } = signingIn(world);
    await expect(submit()).rejects.toMatchObject({ code: 'totp.rejected' });
    expect(steps.taken).toContain('attempts.count');
    expect(steps.taken).not.toContain('totp.compare');
    expect(lines).toEqual(['authn_code_fail rejected']);
  });

  it('is not compared while the code step is locked, right or not', async () => {
    const { steps, confirm } = signingIn({ counted: { ...LOCK, fresh: false } });
    await expect(confirm()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(steps.taken).not.toContain('totp.compare');
  });

  it('locks the code step when it is the last wrong one, and not when it is right', async () => {
    const counted: AttemptCount = { status: 'counted', lock: LOCK };
    const wrong = signingIn({ counted, right: false });
    await expect(wrong.submit()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(await signingIn({ counted }).submit()).toBe(COMPLETED);
  });

  it('opens nothing for the second of two with one code, which is written down', async () => {
    const { steps, lines, given, submit } = signingIn({ used: false });
    await expect(submit()).rejects.toMatchObject({ code: 'totp.rejected' });
    expect([given, lines]).toEqual([[], ['authn_code_fail rejected']]);
    expect(steps.taken).not.toContain('attempts.refund');
  });

  it('is given back where what it opens is over', async () => {
    const failure = new AppError('session.required');
    const { steps, lines, confirm } = signingIn({ failure });
    await expect(confirm()).rejects.toBe(failure);
    expect(steps.taken).toContain('rollback');
    expect(steps.taken).toContain('attempts.refund');
    expect(lines).toEqual([]);
  });

  it('is neither looked at nor counted without a sign-in in progress', async () => {
    const { steps, submit } = signingIn({ signIn: undefined });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(steps.taken).not.toContain('attempts.count');
    expect(steps.taken).not.toContain('totp.open');
  });
});
