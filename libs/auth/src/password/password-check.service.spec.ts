import {
  CodeTimePolicy,
  FactorPolicy,
  IpThrottleService,
  ResolvedAccessOptions,
  SignInPolicy,
  Turn,
} from '@portillon/access';
import type { AccountService, SignInAccount } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { AttemptStart, PasswordAttemptService, PasswordHashingService } from '@portillon/credential';
import { addMilliseconds, AppError, DAY, MINUTE } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { NO_POLICY } from '@portillon/structure';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import type { BrowserRecognitionService, RecognizedBrowser } from '../session/browser-recognition.service';
import { CLAIRE as ANYONE, NEEDS_CODE, SESSION } from '../testing/sign-in.fixture';
import type { FailedAttempt, LockNoticeService } from './lock-notice.service';
import { PasswordCheckService } from './password-check.service';

const CLAIRE = { ...ANYONE, policy: NO_POLICY } as SignInAccount;
const INVITED = { ...CLAIRE, status: 'INVITED' } as SignInAccount;
const DEACTIVATED = { ...CLAIRE, status: 'DEACTIVATED' } as SignInAccount;
const VOID: SignInAccount = { ...CLAIRE, passwordVoid: { reason: 'reported', since: new Date(0) } };
const NOW = new SettableClock().now();
const STRONG_ONLY = {
  ...CLAIRE,
  policy: { ...NO_POLICY, strongMeansFrom: new Date(0), totpIsStrong: true },
} as SignInAccount;
const UNVERIFIED = { ...CLAIRE, policy: { ...NO_POLICY, identityRequiredFrom: NOW } } as SignInAccount;
const REQUEST = { username: 'claire.martin', password: 'x', client: CLIENT, browserCookie: undefined };
const KNOWN = {
  browser: { id: 'b', codeStillValid: true, codeAcceptedAt: NOW },
  token: 't',
} as unknown as RecognizedBrowser;
const DELAYED: AttemptStart = { status: 'delayed', retryAt: addMilliseconds(NOW, MINUTE) };
const BUSY = new AppError('service.busy');

interface World {
  account?: SignInAccount;
  known?: RecognizedBrowser;
  attempt?: AttemptStart;
  matches?: boolean | AppError;
  isOutdated?: boolean;
  /** Whether the address failed so often that its users wait in turn. */
  isCrowded?: boolean;
  delayedUntil?: Date;
}

function checking(world: World = {}) {
  const { account, known, attempt = { status: 'allowed' }, matches = true, isOutdated = false } = world;
  const steps = new Steps();
  const clock = new SettableClock();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const failures: unknown[] = [];
  const buckets: unknown[] = [];
  const refunded: unknown[] = [];
  const rehashed: unknown[] = [];
  const watched: FailedAttempt[] = [];
  const options = { codeWindowMs: DAY } as ResolvedAccessOptions;
  const service = new PasswordCheckService(
    steps.of<AccountService>('accounts', {
      findForSignIn: async () => account,
      getForSignIn: async () => account,
      hasMovedPassword: async () => false,
      rehash: async (...change) => {
        rehashed.push(...change);
        return true;
      },
    }),
    steps.of<PasswordHashingService>('passwords', {
      verify: async () => {
        if (matches instanceof AppError) throw matches;
        return matches;
      },
      needsRehash: () => isOutdated,
      hash: async () => 'stronger digest',
    }),
    steps.of<PasswordAttemptService>('attempts', {
      begin: async (_, bucket) => {
        buckets.push(bucket);
        return attempt;
      },
      succeeded: async (_, bucket) => void buckets.push(bucket),
      refund: async (name, bucket) => void refunded.push(name, bucket),
      delayedUntil: async () => world.delayedUntil,
    }),
    steps.of<IpThrottleService>('throttle', {
      isCrowded: async () => world.isCrowded ?? false,
      takeTurn: async (_kind, _client, until) => {
        if (until) throw new AppError('attempts.exceeded');
        return {} as Turn;
      },
      giveBack: async () => undefined,
      countFailure: async (kind, { addressBlock }) => void failures.push([kind, addressBlock]),
    }),
    steps.of<BrowserRecognitionService>('browsers', {
      recognise: async () => known,
      acceptedAt: async () => (known ? known.browser.codeAcceptedAt : null),
    }),
    new SignInPolicy(new FactorPolicy(clock, options), new CodeTimePolicy(clock, options), clock, options),
    steps.of<LockNoticeService>('lockNotices', { check: (failed) => void watched.push(failed) }),
    steps.transactions,
    audit,
    clock,
  );
  return {
    steps,
    service,
    lines,
    entries,
    failures,
    buckets,
    refunded,
    rehashed,
    watched,
    check: () => service.check(REQUEST),
    refusal: () => service.check(REQUEST).then(fail, (error: AppError) => error),
    confirm: (session: Session = SESSION) => service.confirm(session, ANYONE, 'typed', CLIENT),
  };
}

function fail(): never {
  throw new Error('it was not refused');
}

describe('a right password', () => {
  it('of an account that may enter says what the sign-in still needs', async () => {
    const { lines, refunded, rehashed, check } = checking({ account: CLAIRE });
    expect(await check()).toMatchObject({
      account: CLAIRE,
      known: undefined,
      admission: { opens: true, needs: NEEDS_CODE.needs },
    });
    expect([lines, refunded, rehashed]).toEqual([[], [], []]);
  });

  it('is hashed anew to replace a weaker digest, and that one alone', async () => {
    const { rehashed, check } = checking({ account: CLAIRE, isOutdated: true });
    await check();
    expect(rehashed).toEqual(['claire', 'digest', 'stronger digest']);
  });

  it('is hashed anew where a rule refuses the means, and not for a closed account', async () => {
    const policy = { ...STRONG_ONLY.policy, totpIsStrong: false };
    const refused = checking({ account: { ...STRONG_ONLY, policy }, isOutdated: true });
    await refused.refusal();
    expect(refused.rehashed).toEqual(['claire', 'digest', 'stronger digest']);
    const closed = checking({ account: { ...CLAIRE, status: 'DEACTIVATED' }, isOutdated: true });
    await closed.refusal();
    expect(closed.rehashed).toEqual([]);
  });

  it('where the structure wants another means counts as no failure, and only its owner learns it', async () => {
    const { failures, lines, refusal } = checking({
      account: { ...STRONG_ONLY, policy: { ...STRONG_ONLY.policy, totpIsStrong: false } },
    });
    const refused = await refusal();
    // The same code as an unavailable means, with a different text.
    expect(refused).toMatchObject({ code: 'means.unavailable', data: { cause: 'rule' } });
    expect(refused.words?.fr.detail).toContain('Votre structure n’accepte plus ce moyen de connexion.');
    expect(lines).toEqual(['authn_login_fail means-forbidden']);
    expect(failures).toEqual([]);
  });

  it('where the structure wants the identity verified has a separate code, which no guesser sees', async () => {
    const right = checking({ account: UNVERIFIED });
    expect(await right.refusal()).toMatchObject({ code: 'identity.unverified' });
    expect(right.lines).toEqual(['authn_login_fail identity-unverified']);
    const wrong = checking({ account: UNVERIFIED, matches: false });
    expect(await wrong.refusal()).toMatchObject({ code: 'credentials.rejected', data: {} });
    expect(wrong.lines).toEqual(['authn_login_fail wrong-password']);
  });

  it('where sent codes open nothing any more is taken with another factor, and refused without', async () => {
    const { lines, service } = checking();
    await service.requireFactor(CLAIRE, [], CLIENT);
    await service.requireFactor(STRONG_ONLY, ['totp'], CLIENT);
    expect(lines).toEqual([]);
    await expect(service.requireFactor(STRONG_ONLY, [], CLIENT)).rejects.toMatchObject({
      code: 'means.unavailable',
      data: { cause: 'rule' },
    });
    expect(lines).toEqual(['authn_login_fail means-forbidden']);
  });
});

describe('a password that opens nothing', () => {
  it.each<[string, World, string]>([
    ['wrong', { account: CLAIRE, matches: false }, 'wrong-password'],
    ['right before it was made void', { account: VOID, matches: false }, 'password-void'],
    ['of no account', { matches: false }, 'unknown'],
    ['of a person who has not chosen one yet', { account: INVITED, matches: false }, 'invited'],
    ['wrong, of a closed account', { account: DEACTIVATED, matches: false }, 'deactivated-wrong-password'],
    ['right, of a closed account', { account: DEACTIVATED }, 'deactivated'],
    ['right, of a person who has not chosen one yet', { account: INVITED }, 'invited'],
  ])('has one answer, at one cost, and the journal alone says why: %s', async (_, world, reason) => {
    const { steps, lines, refusal } = checking(world);
    expect(await refusal()).toMatchObject({ code: 'credentials.rejected', data: {} });
    expect(lines).toEqual([`authn_login_fail ${reason}`]);
    // Response times must not reveal which names exist.
    expect(steps.taken).toEqual([
      'accounts.findForSignIn',
      'browsers.recognise',
      'throttle.isCrowded',
      'attempts.begin',
      'passwords.verify',
      ...(world.matches !== false && world.account ? ['browsers.acceptedAt'] : []),
      'throttle.countFailure',
      'audit.record',
      'lockNotices.check',
      'accounts.hasMovedPassword',
    ]);
  });

  it('counts on the address block, and is recorded in the journal with the account, if there is one', async () => {
    const of = checking({ account: CLAIRE, matches: false });
    await of.refusal();
    expect(of.failures).toEqual([['password', '192.0.2.1']]);
    expect(of.entries).toMatchObject([{ outcome: 'FAILURE', means: 'password', accountId: 'claire' }]);
    const ofNobody = checking({ matches: false });
    await ofNobody.refusal();
    expect(ofNobody.entries).toMatchObject([{ accountId: null }]);
  });

  it('may have locked the account, in this known browser or anywhere', async () => {
    const failed = { username: 'claire.martin', client: CLIENT };
    for (const world of [{ account: CLAIRE }, { account: CLAIRE, known: KNOWN }, {}] as World[]) {
      const { watched, refusal } = checking({ ...world, matches: false });
      await refusal();
      const { account, known } = world;
      expect(watched).toEqual([{ ...failed, account, browserId: known ? 'b' : null }]);
    }
  });

  it.each([
    ['given another password', CLAIRE, 'wrong-password'],
    ['closed', DEACTIVATED, 'deactivated'],
    ['erased', undefined, 'unknown'],
  ])(
    'because the account was %s while it was hashed is answered as a wrong one',
    async (_, account, reason) => {
      const { lines, entries, service } = checking({ account });
      const refused = service.refuseChanged(CLIENT, CLAIRE);
      await expect(refused).rejects.toMatchObject({ code: 'credentials.rejected' });
      expect(lines).toEqual([`authn_login_fail ${reason}`]);
      expect(entries).toMatchObject([{ accountId: account ? 'claire' : null }]);
    },
  );
});

describe('a password that is not looked at', () => {
  it('while attempts are delayed is refused with the time of the next try, for every name', async () => {
    for (const account of [CLAIRE, undefined]) {
      const { steps, lines, entries, failures, refusal } = checking({ account, attempt: DELAYED });
      expect(await refusal()).toMatchObject({ code: 'attempts.exceeded', retryAfterSeconds: 60 });
      expect(lines).toEqual(['authn_login_fail_max delayed']);
      expect(entries).toMatchObject([{ accountId: account ? 'claire' : null, means: 'password' }]);
      expect(steps.taken).not.toContain('passwords.verify');
      expect(failures).toEqual([]);
    }
  });

  it('because too many wait to be hashed costs no attempt', async () => {
    const { refunded, check } = checking({ account: CLAIRE, matches: BUSY });
    await expect(check()).rejects.toBe(BUSY);
    expect(refunded).toEqual(['claire.martin', null]);
  });
});

describe('at an address whose users wait in turn, a password', () => {
  it('of a known browser has a separate budget, which the block does not use up', async () => {
    const { steps, buckets, check } = checking({ account: CLAIRE, known: KNOWN, isCrowded: true });
    expect((await check()).admission.needs).toBe('nothing');
    expect(steps.taken).not.toContain('throttle.isCrowded');
    expect(buckets).toEqual(['b']);
  });

  it.each<[string, World, boolean]>([
    ['right', { account: CLAIRE }, true],
    ['wrong', { account: CLAIRE, matches: false }, false],
    ['of a name without account', { matches: false }, false],
    ['not looked at', { account: CLAIRE, attempt: DELAYED }, true],
    ['not judged', { matches: BUSY }, true],
  ])('that is %s uses up a turn only by a guess', async (_, world, isGivenBack) => {
    const { steps, check } = checking({ ...world, isCrowded: true });
    await check().catch(() => undefined);
    // The turn comes before the attempt is counted.
    const order = ['attempts.delayedUntil', 'throttle.takeTurn', 'attempts.begin'];
    expect(steps.taken.filter((step) => order.includes(step))).toEqual(order);
    expect(steps.taken.includes('throttle.giveBack')).toBe(isGivenBack);
  });

  it('of a name that waits for its own wrong ones takes no turn', async () => {
    const { buckets, check } = checking({ account: CLAIRE, isCrowded: true, delayedUntil: NOW });
    await expect(check()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(buckets).toEqual([]);
  });
});

describe('the current password', () => {
  it('is counted before it is looked at, and counts no more when it is right', async () => {
    const { steps, lines, confirm } = checking();
    await confirm();
    expect(steps.taken.slice(0, 2)).toEqual(['attempts.begin', 'passwords.verify']);
    expect(steps.taken).toContain('attempts.succeeded(tx)');
    expect(lines).toEqual([]);
  });

  it('is counted apart from sign-ins, in the browser of the session, or in the session', async () => {
    const { buckets, confirm } = checking();
    await confirm();
    await confirm({ ...SESSION, browserId: null });
    expect(buckets).toEqual(['browser', 'browser', 'session', 'session']);
  });

  it('stays counted when it is wrong: journal, and whether that locks the account', async () => {
    const { entries, refunded, watched, confirm } = checking({ matches: false });
    const errors = [{ field: 'currentPassword', code: 'wrong' }];
    await expect(confirm()).rejects.toMatchObject({ code: 'password.wrong', errors });
    const refused = { name: 'authn_password_change_fail', outcome: 'FAILURE', reason: 'wrong-password' };
    expect(entries).toMatchObject([{ ...refused, accountId: 'claire' }]);
    expect(watched).toMatchObject([{ username: 'claire.martin', browserId: 'browser' }]);
    expect(refunded).toEqual([]);
  });

  it('is given back when too many wait to be hashed', async () => {
    const { entries, refunded, confirm } = checking({ matches: BUSY });
    await expect(confirm()).rejects.toBe(BUSY);
    expect([entries, refunded]).toEqual([[], ['claire.martin', 'browser']]);
  });

  it('is not looked at while the bucket has to wait', async () => {
    const { steps, confirm } = checking({ attempt: DELAYED });
    await expect(confirm()).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(steps.taken).not.toContain('passwords.verify');
  });
});
