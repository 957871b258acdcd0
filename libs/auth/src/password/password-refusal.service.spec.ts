import { type AccountService, type SignInAccount } from '@portillon/account';
import { NO_POLICY } from '@portillon/structure';
import {
  CodeTimePolicy,
  FactorPolicy,
  IpThrottleService,
  ResolvedAccessOptions,
  SignInPolicy,
} from '@portillon/access';
import type { AuditService } from '@portillon/audit';
import { AppError, MINUTE, addMilliseconds } from '@portillon/kernel';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import type { RecognizedBrowser } from '../session/browser-recognition.service';
import { CLAIRE, refusedFor } from '../testing/sign-in.fixture';
import type { FailedAttempt, LockNoticeService } from './lock-notice.service';
import { PasswordRefusalService } from './password-refusal.service';

const INVITED = { ...CLAIRE, status: 'INVITED' } as SignInAccount;
const VOID: SignInAccount = { ...CLAIRE, passwordVoid: { reason: 'reported', since: new Date(0) } };
const DEACTIVATED = { ...CLAIRE, status: 'DEACTIVATED' } as SignInAccount;
const KNOWN = { browser: { id: 'browser' }, token: 't' } as RecognizedBrowser;
const WRONG = {
  username: 'claire.martin',
  client: CLIENT,
  account: CLAIRE,
  known: undefined,
  matches: false,
  admission: refusedFor('unknown'),
};

/** `now`: the account as it is when it is read again. */
function refusing({ now }: { now?: SignInAccount } = {}) {
  const steps = new Steps();
  const clock = new SettableClock();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const failures: unknown[] = [];
  const options = {} as ResolvedAccessOptions;
  const watched: FailedAttempt[] = [];
  const service = new PasswordRefusalService(
    steps.of<AccountService>('accounts', { getForSignIn: async () => now }),
    new SignInPolicy(new FactorPolicy(clock, options), new CodeTimePolicy(clock, options), clock, options),
    steps.of<IpThrottleService>('throttle', {
      countFailure: async (kind, { addressBlock }) => void failures.push([kind, addressBlock]),
    }),
    steps.of<LockNoticeService>('locks', { check: (failed) => void watched.push(failed) }),
    audit,
    clock,
  );
  const refuse = (attempt = {}) => service.refuse({ ...WRONG, ...attempt }).catch((error: unknown) => error);
  return { steps, clock, lines, entries, failures, watched, service, refuse };
}

describe('a password that opens nothing', () => {
  it.each([
    ['wrong', { account: CLAIRE }, 'wrong-password'],
    ['right before it was made void', { account: VOID }, 'password-void'],
    ['of no account', { account: undefined }, 'unknown'],
    ['of a person who has not chosen one yet', { account: INVITED }, 'invited'],
    ['wrong, of a closed account', { account: DEACTIVATED }, 'deactivated-wrong-password'],
    ['right, of a closed account', { account: DEACTIVATED, matches: true }, 'deactivated'],
    ['right, of a person who has not chosen one yet', { account: INVITED, matches: true }, 'invited'],
  ])('has one answer, at one cost, and the journal alone says why: %s', async (_, attempt, reason) => {
    const { steps, lines, refuse } = refusing();
    expect(await refuse(attempt)).toMatchObject({ code: 'credentials.rejected', data: {} });
    expect(lines).toEqual([`authn_login_fail ${reason}`]);
    expect(steps.taken).toEqual(['throttle.countFailure', 'audit.record', 'locks.check']);
  });

  it('counts on the address block, and is recorded in the journal with the account', async () => {
    const { failures, entries, refuse } = refusing();
    await refuse();
    expect(failures).toEqual([['password', '192.0.2.1']]);
    expect(entries).toMatchObject([{ outcome: 'FAILURE', means: 'password', accountId: 'claire' }]);
  });

  it('is recorded in the journal without an account for an unknown name', async () => {
    const { entries, refuse } = refusing();
    await refuse({ account: undefined });
    expect(entries).toMatchObject([{ accountId: null }]);
  });

  it('may have locked the account, in this known browser or anywhere', async () => {
    const { watched, refuse } = refusing();
    await refuse();
    await refuse({ known: KNOWN });
    await refuse({ account: undefined });
    const failed = { username: 'claire.martin', client: CLIENT };
    expect(watched).toEqual([
      { ...failed, account: CLAIRE, browserId: null },
      { ...failed, account: CLAIRE, browserId: 'browser' },
      { ...failed, account: undefined, browserId: null },
    ]);
  });
});

describe('a right password where the structure wants another means', () => {
  it('counts as no failure, and only a person with the right password learns it', async () => {
    const { steps, lines, refuse } = refusing();
    const refused = (await refuse({ matches: true, admission: refusedFor('means-forbidden') })) as AppError;
    // The same code as an unavailable means, with a different text.
    expect(refused).toMatchObject({ code: 'means.unavailable', data: { cause: 'rule' } });
    expect(refused.words?.fr.detail).toContain('Votre structure n’accepte plus ce moyen de connexion.');
    expect(lines).toEqual(['authn_login_fail means-forbidden']);
    expect(steps.taken).toEqual(['audit.record']);
  });
});

describe('a right password where codes that are sent open nothing any more', () => {
  const past = { ...CLAIRE, policy: { ...NO_POLICY, strongMeansFrom: new Date(0), totpIsStrong: true } };

  it('is taken with a factor of the person’s own, and refused without', async () => {
    const { lines, service } = refusing();
    await service.requireFactor(CLAIRE, [], CLIENT);
    await service.requireFactor(past, ['totp'], CLIENT);
    expect(lines).toEqual([]);
    await expect(service.requireFactor(past, [], CLIENT)).rejects.toMatchObject({
      code: 'means.unavailable',
      data: { cause: 'rule' },
    });
    expect(lines).toEqual(['authn_login_fail means-forbidden']);
  });
});

describe('a right password where the structure wants the identity verified', () => {
  const unverified = (now: Date) => ({
    ...CLAIRE,
    policy: { ...NO_POLICY, identityRequiredFrom: now },
  });

  it('has a distinct code, and the journal records the reason', async () => {
    const { clock, lines, refuse } = refusing();
    const account = unverified(clock.now());
    const admission = refusedFor('identity-unverified');
    expect(await refuse({ account, matches: true, admission })).toMatchObject({
      code: 'identity.unverified',
    });
    expect(lines).toEqual(['authn_login_fail identity-unverified']);
  });

  it('is not revealed to a password guesser', async () => {
    const { clock, lines, refuse } = refusing();
    const account = unverified(clock.now());
    expect(await refuse({ account })).toMatchObject({ code: 'credentials.rejected', data: {} });
    expect(lines).toEqual(['authn_login_fail wrong-password']);
  });
});

describe('a password that is not looked at, while attempts are delayed', () => {
  it('is refused with the time of the next try, for every name', async () => {
    const { clock, service, lines, entries } = refusing();
    for (const account of [CLAIRE, undefined])
      await expect(
        service.delay({ client: CLIENT }, account, addMilliseconds(clock.now(), MINUTE)),
      ).rejects.toMatchObject({ code: 'attempts.exceeded', retryAfterSeconds: 60 });
    expect(lines).toEqual(['authn_login_fail_max delayed', 'authn_login_fail_max delayed']);
    expect(entries).toMatchObject([{ accountId: 'claire', means: 'password' }, { accountId: null }]);
  });

  it('counts as no failure of the address block', async () => {
    const { clock, service, failures } = refusing();
    await expect(service.delay({ client: CLIENT }, CLAIRE, clock.now())).rejects.toThrow();
    expect(failures).toEqual([]);
  });
});

describe('an account that changed while its password was hashed', () => {
  it.each([
    ['given another password', CLAIRE, 'wrong-password'],
    ['closed', DEACTIVATED, 'deactivated'],
    ['erased', undefined, 'unknown'],
  ])('is answered as a wrong password, and the journal has it as it is now: %s', async (_, now, reason) => {
    const { lines, entries, service } = refusing({ now });
    await expect(service.rejectChanged(CLIENT, CLAIRE)).rejects.toMatchObject({
      code: 'credentials.rejected',
    });
    expect(lines).toEqual([`authn_login_fail ${reason}`]);
    expect(entries).toMatchObject([{ accountId: now ? 'claire' : null }]);
  });
});
