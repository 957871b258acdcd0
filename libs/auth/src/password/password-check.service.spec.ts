import type { Account, AccountService } from '@portillon/account';
import type { AttemptStart, PasswordAttemptService, PasswordHashingService } from '@portillon/credential';
import { AppError } from '@portillon/kernel';
import { CLIENT, Steps } from '@portillon/testing';
import type { IpThrottleService, SignInPolicy, Turn } from '@portillon/access';
import type { RecognizedBrowser, BrowserRecognitionService } from '../session/browser-recognition.service';
import { PasswordCheckService } from './password-check.service';
import type { PasswordRefusalService } from './password-refusal.service';
import { CLAIRE, NEEDS_CODE, refusedFor } from '../testing/sign-in.fixture';

const REQUEST = { username: 'claire.martin', password: 'x', client: CLIENT, browserCookie: undefined };
const AT = new Date('2026-01-01');
const KNOWN = {
  browser: { id: 'b', codeStillValid: true, codeAcceptedAt: AT },
  token: 't',
} as unknown as RecognizedBrowser;
const TURN = {} as Turn;
const DELAYED = new AppError('attempts.exceeded');
const REFUSED = new AppError('credentials.rejected');

interface World {
  account?: Account;
  known?: RecognizedBrowser;
  attempt?: AttemptStart;
  matches?: boolean;
  verify?: () => Promise<boolean>;
  isOutdated?: boolean;
  /** Whether the address failed so often that its users wait in turn. */
  isCrowded?: boolean;
  delayedUntil?: Date;
}

/** Checks one password, and records the arguments of the throttle, the budget, the policy, the refusal and the new hash. */
async function check(world: World) {
  const { account, known, attempt, matches = true, isOutdated = false, verify } = world;
  const { isCrowded = false, delayedUntil } = world;
  const steps = new Steps();
  const given: Record<'throttled' | 'counted' | 'judged' | 'refused' | 'rehashed' | 'givenBack', unknown[]> =
    {
      throttled: [],
      counted: [],
      judged: [],
      refused: [],
      rehashed: [],
      givenBack: [],
    };
  const service = new PasswordCheckService(
    steps.of<AccountService>('accounts', {
      findForSignIn: async () => account,
      rehash: async (...change) => {
        given.rehashed = change;
        return true;
      },
    }),
    steps.of<PasswordHashingService>('passwords', {
      verify: verify ?? (async () => matches),
      needsRehash: () => isOutdated,
      hash: async () => 'stronger digest',
    }),
    steps.of<PasswordAttemptService>('attempts', {
      begin: async (...attempted) => {
        given.counted = attempted;
        return attempt ?? ({ status: 'allowed' } as AttemptStart);
      },
      settle: (...settled) => settledBy(given, settled),
      delayedUntil: async () => delayedUntil,
    }),
    steps.of<IpThrottleService>('throttle', {
      isCrowded: async (...asked) => {
        given.throttled = asked;
        return isCrowded;
      },
      takeTurn: async (_kind, _client, until) => {
        if (until) throw DELAYED;
        return TURN;
      },
      giveBack: async () => undefined,
    }),
    steps.of<BrowserRecognitionService>('browsers', {
      recognise: async () => known,
      acceptedAt: async () => AT,
    }),
    steps.of<SignInPolicy>('policy', {
      judge: (...asked) => {
        given.judged = asked;
        return account && matches ? NEEDS_CODE : refusedFor('unknown');
      },
    }),
    steps.of<PasswordRefusalService>('refusals', {
      refuse: (...refused) => {
        given.refused = refused;
        return Promise.reject(REFUSED);
      },
      delay: () => Promise.reject(DELAYED),
    }),
  );
  const checked = await service.check(REQUEST).catch(() => undefined);
  return { checked, taken: steps.taken, ...given };
}

/** Behaves as the service does, and returns the failure instead of its result. */
async function settledBy<Result>(
  given: Record<'givenBack', unknown[]>,
  [username, browserId, outcome]: [string, string | null, Promise<Result>],
): Promise<Result> {
  try {
    return await outcome;
  } catch (error) {
    given.givenBack = [username, browserId];
    throw error;
  }
}

describe('a password that is checked', () => {
  const SAME = [
    'accounts.findForSignIn',
    'browsers.recognise',
    'throttle.isCrowded',
    'attempts.begin',
    'passwords.verify',
    'attempts.settle',
  ];

  it.each<[string, World, string[]]>([
    ['of an account', { account: CLAIRE }, ['browsers.acceptedAt', 'policy.judge', 'passwords.needsRehash']],
    ['that is wrong', { account: CLAIRE, matches: false }, ['policy.judge', 'refusals.refuse']],
    ['of a name without account', { matches: false }, ['policy.judge', 'refusals.refuse']],
  ])('is counted before it is hashed, at the same cost %s', async (_, world, after) => {
    expect((await check(world)).taken).toEqual([...SAME, ...after]);
  });

  it('is given back when too many wait to be hashed, and not when it is wrong', async () => {
    const verify = () => Promise.reject(new AppError('service.busy'));
    expect((await check({ account: CLAIRE, verify })).givenBack).toEqual(['claire.martin', null]);
    expect((await check({ account: CLAIRE, known: KNOWN, verify })).givenBack).toEqual([
      'claire.martin',
      'b',
    ]);
    expect((await check({ account: CLAIRE, matches: false })).givenBack).toEqual([]);
  });

  it('says what the sign-in still needs', async () => {
    const { checked } = await check({ account: CLAIRE });
    expect(checked).toEqual({ account: CLAIRE, known: undefined, admission: NEEDS_CODE });
  });

  it('is not judged when it is wrong, and the refusal knows whose it was not', async () => {
    const { judged, refused, checked } = await check({ account: CLAIRE, matches: false });
    expect(judged).toEqual([undefined, { means: 'password', acceptedAt: null }]);
    expect(refused).toEqual([
      { ...REQUEST, account: CLAIRE, known: undefined, matches: false, admission: refusedFor('unknown') },
    ]);
    expect(checked).toBeUndefined();
  });

  it('is hashed anew to replace a weaker digest, and that one alone', async () => {
    const { rehashed } = await check({ account: CLAIRE, isOutdated: true });
    expect(rehashed).toEqual(['claire', 'digest', 'stronger digest']);
  });

  it('is not hashed while attempts are delayed', async () => {
    const { taken } = await check({ account: CLAIRE, attempt: { status: 'delayed', retryAt: AT } });
    expect(taken).toEqual([...SAME.slice(0, 4), 'refusals.delay']);
  });

  it('of a known browser has a separate budget, which the block does not use up', async () => {
    const { taken, counted, judged } = await check({ account: CLAIRE, known: KNOWN });
    expect(taken).not.toContain('throttle.isCrowded');
    expect(counted).toEqual(['claire.martin', 'b']);
    expect(judged[1]).toEqual({ means: 'password', acceptedAt: AT });
    const unknown = await check({ account: CLAIRE });
    expect(unknown.throttled).toEqual(['password', CLIENT]);
    expect(unknown.counted).toEqual(['claire.martin', null]);
  });

  it.each<[string, World, boolean]>([
    ['right', { account: CLAIRE }, true],
    ['wrong', { account: CLAIRE, matches: false }, false],
    ['of a name without account', { matches: false }, false],
    ['not looked at', { account: CLAIRE, attempt: { status: 'delayed', retryAt: AT } }, true],
    ['not judged', { verify: () => Promise.reject(new AppError('service.busy')) }, true],
  ])('that is %s uses up a turn of a crowded address only by a guess', async (_, world, isGivenBack) => {
    const { taken } = await check({ ...world, isCrowded: true });
    expect(taken.slice(2, 6)).toEqual([
      'throttle.isCrowded',
      'attempts.delayedUntil',
      'throttle.takeTurn',
      'attempts.begin',
    ]);
    expect(taken.includes('throttle.giveBack')).toBe(isGivenBack);
  });

  it('of a name that waits for its own wrong ones takes no turn', async () => {
    const { taken } = await check({ account: CLAIRE, isCrowded: true, delayedUntil: AT });
    expect(taken.at(-1)).toBe('throttle.takeTurn');
  });
});
