import type { AccountService } from '@portillon/account';
import type { IpThrottleService } from '@portillon/access';
import type { AuditService } from '@portillon/audit';
import type { PasswordAttemptService, PasswordDelay, PasswordHashingService } from '@portillon/credential';
import type { Channel, Clock } from '@portillon/kernel';
import type { NotificationService, OutgoingMessage } from '@portillon/notification';
import type { OtpLock, OtpService, UnansweredCodeService } from '@portillon/otp';
import type { Transactions } from '@portillon/persistence';
import type { RateLimiterService } from '@portillon/rate-limit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type {
  NewSession,
  PendingSignIn,
  PendingSignInService,
  SessionService,
  TrustedDevice,
  TrustedDeviceService,
} from '@portillon/session';
import { type DrawnDeployment, type DrawnPerson, VOID_DIGEST } from './ways-in.fixture';

/** A service whose other methods are not called. */
export const of = <Service>(methods: Partial<Service>) => methods as Service;

/** The other libraries' data of these people, as drawn. The explanation and the enforcement read the same rows. */
export function tablesOf(people: readonly DrawnPerson[], deployment: DrawnDeployment, clock: Clock) {
  const byId = new Map(people.map((one) => [one.account.id, one]));
  const byName = new Map(people.map((one) => [one.account.username, one]));
  const byNationalId = new Map(people.map((one) => [one.account.nationalId, one]));
  const person = (id: string) => byId.get(id)!;
  const active = (id: string) => {
    const { account } = person(id);
    return account.status === 'ACTIVE' ? account : undefined;
  };
  const lockOf = (id: string): OtpLock | undefined => {
    const lock = person(id).codeLock;
    return lock && { status: 'locked', fresh: false, ...lock };
  };
  const delayOf = (name: string): PasswordDelay | undefined => byName.get(name)?.delay;
  const codesSince = (id: string, from: Date) => person(id).codes.filter(({ sentAt }) => sentAt > from);
  /** The sign-in in progress, and by which way its code came: they follow one another. */
  let pending: PendingSignIn;
  let sent: Channel;

  return {
    lockOf,
    pending: () => pending,
    holders: (has: (one: DrawnPerson) => boolean) => ({
      holders: async (ids: readonly string[]) => new Set(ids.filter((id) => has(person(id)))),
    }),
    accounts: of<AccountService>({
      findForSignIn: async (name) => byName.get(name)?.account,
      hasMovedPassword: async () => false,
      getForSignIn: async (id) => person(id).account,
      findByNationalId: async (nationalId) => byNationalId.get(nationalId)?.account,
      lockForUpdate: async ({ id }) => active(id),
      recordSignIn: async (id) => active(id),
      recordReachable: async () => undefined,
      lockRow: async () => undefined,
    }),
    attempts: of<PasswordAttemptService>({
      begin: async (name) => {
        const delay = delayOf(name);
        return delay ? { status: 'delayed', retryAt: delay.until } : { status: 'allowed' };
      },
      succeeded: async () => undefined,
      refund: async () => undefined,
      delayedAmong: async (names) => known(names, delayOf),
    }),
    pendingSignIns: of<PendingSignInService>({
      start: async (request) => {
        pending = { ...request, id: 'sign-in', accountId: request.principal.accountId } as PendingSignIn;
        return { signIn: pending, token: 'token' };
      },
      find: async () => pending,
      complete: async () => true,
    }),
    otp: of<OtpService>({
      issue: async ({ subjectId, channel }) => {
        sent = channel;
        const at = { sentAt: clock.now(), expiresAt: clock.now() };
        const challenge = { id: 'challenge', channel, reference: 'ABCD', destination: '', ...at };
        const issued = { status: 'issued', challenge, code: '123456', replaces: null };
        return lockOf(subjectId) ?? (issued as never);
      },
      check: async () => {
        const accepted = { status: 'accepted', challengeId: 'challenge', channel: sent, sentAt: clock.now() };
        return lockOf(pending.accountId) ?? (accepted as never);
      },
      allowResend: async () => undefined,
      consume: async () => true,
      lockedAmong: async (ids) => known(ids, lockOf),
    }),
    codes: of<UnansweredCodeService>({
      list: async (by, from, limit) =>
        'subjectId' in by ? codesSince(by.subjectId, from).slice(0, limit) : [],
      listAll: async (ids, from) => new Map(ids.map((id) => [id, codesSince(id, from)])),
      // Of the neighbours of a number; a network has used up nothing.
      sentAtPlace: async (by) =>
        'prefix' in by && person(by.prefix.slice('+336'.length)).neighboursFull ? clock.now() : undefined,
      isSentTo: (code, channel, destination) =>
        code.channel === channel && code.destinationDigest === destination,
    }),
    notifications: of<NotificationService>({
      available: (channel) => deployment.channels[channel],
      enqueue: async () => ({ id: 'message' }) as OutgoingMessage,
      deliver: async () => (deployment.failing.includes(sent) ? 'FAILED' : 'SENT'),
      isOnItsWay: async () => false,
      recordAnswer: async () => undefined,
    }),
    sessions: of<SessionService>({
      open: async (request: NewSession) => ({ session: request as never, token: 'session' }),
    }),
    trustedDevices: of<TrustedDeviceService>({
      recognise: async () => ({ status: 'unknown' }) as never,
      list: async (id) => {
        const codeAcceptedAt = person(id).rememberedAt;
        return codeAcceptedAt ? [{ codeStillValid: true, codeAcceptedAt } as TrustedDevice] : [];
      },
    }),
    audit: of<AuditService>({ record: async () => undefined }),
    notices: of<SecurityNoticeService>({ notify: async () => undefined }),
    throttle: of<IpThrottleService>({
      isCrowded: async () => false,
      countFailure: async () => undefined,
    }),
    passwords: of<PasswordHashingService>({
      verify: async (digest) => Boolean(digest) && digest !== VOID_DIGEST,
      needsRehash: () => false,
    }),
    transactions: of<Transactions>({
      run: (work) => work({} as never),
      runOrRollBack: (work) => work({} as never),
    }),
    limiter: of<RateLimiterService>({
      stateOf: async () => ({ remaining: deployment.smsBudget, resetsAt: null }),
      consume: async () => undefined,
    }),
  };
}

/** The known facts of each id; empty for an unknown one. */
function known<Value>(
  keys: readonly string[],
  valueOf: (key: string) => Value | undefined,
): Map<string, Value> {
  return new Map(
    keys.flatMap((key) => {
      const value = valueOf(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
