import type { Account, AccountService } from '@portillon/account';
import type { PasswordAttemptService, PasswordHashingService } from '@portillon/credential';
import type { IpThrottleService } from './ip-throttle.service';
import type { KnownBrowser, KnownBrowserService } from './known-browser.service';
import { PasswordCheckService } from './password-check.service';
import type { PasswordRefusalService } from './password-refusal.service';
import type { SignInPolicy } from './sign-in.policy';
import { CLAIRE, CLIENT, Steps } from './testing/steps';

const REQUEST = { username: 'claire.martin', password: 'x', client: CLIENT, browserCookie: undefined };
const AT = new Date('2026-01-01');
const KNOWN = { browser: { id: 'b', codeStillValid: true, codeAcceptedAt: AT }, token: 't' };

interface World {
  account?: Account;
  known?: unknown;
  attempt?: object;
  matches?: boolean;
  decision?: object;
}

describe('a password that is checked', () => {
  let steps: Steps;
  let decidedOn: unknown[];
  beforeEach(() => {
    steps = new Steps();
    decidedOn = [];
  });

  const check = (world: World) => {
    const { account, known, matches = true } = world;
    const attempt = world.attempt ?? { status: 'allowed' };
    const decision = world.decision ?? { status: account && matches ? 'code-required' : 'refused' };
    return new PasswordCheckService(
      { findByUsername: steps.note('find account', account) } as unknown as AccountService,
      {
        verify: steps.note('hash', matches),
        needsRehash: () => false,
      } as unknown as PasswordHashingService,
      { begin: steps.note('count attempt', attempt) } as unknown as PasswordAttemptService,
      { enforce: steps.note('throttle block', undefined) } as unknown as IpThrottleService,
      {
        recognise: steps.note('recognise browser', known as KnownBrowser | undefined),
      } as unknown as KnownBrowserService,
      {
        decide: async (...given: unknown[]) => {
          decidedOn = given;
          return decision;
        },
      } as unknown as SignInPolicy,
      {
        refuse: steps.note('refuse', undefined),
        delay: steps.note('delay', undefined),
      } as unknown as PasswordRefusalService,
    ).check(REQUEST);
  };

  const SAME = ['find account', 'recognise browser', 'throttle block', 'count attempt', 'hash'];

  it.each([
    ['of an account', { account: CLAIRE, matches: true }, []],
    ['that is wrong', { account: CLAIRE, matches: false }, ['refuse']],
    ['of a name without account', { matches: false }, ['refuse']],
  ])('is counted before it is hashed, at the same cost %s', async (_, world, after) => {
    await check(world);
    expect(steps.taken).toEqual([...SAME, ...after]);
  });

  it('is not decided on when it is wrong', async () => {
    await check({ account: CLAIRE, matches: false });
    expect(decidedOn[1]).toBeUndefined();
  });

  it('is not hashed while attempts are delayed', async () => {
    await check({ account: CLAIRE, attempt: { status: 'delayed', retryAt: AT } });
    expect(steps.taken).toEqual([...SAME.slice(0, -1), 'delay']);
  });

  it('of a known browser has a budget of its own, which the block does not use up', async () => {
    await check({ account: CLAIRE, known: KNOWN });
    expect(steps.taken).not.toContain('throttle block');
    expect(decidedOn[2]).toBe(KNOWN.browser.codeAcceptedAt);
  });
});
