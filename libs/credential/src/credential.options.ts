import { availableParallelism } from 'node:os';
import { Bound, bounded, MINUTE, DAY, HOUR } from '@portillon/kernel';

/** Options of {@link CredentialModule}; all have defaults. */
export interface CredentialOptions {
  passwords?: Partial<PasswordOptions>;
  recovery?: Partial<RecoveryOptions>;
}

/** Maximum length of input, characters, above that of any password: longer input is refused before it costs a hash. */
export const PASSWORD_LENGTH = 1_024;

export const PASSWORD_OPTIONS = Symbol('PasswordOptions');
export const RECOVERY_OPTIONS = Symbol('RecoveryOptions');

/** Options of passwords. A value outside its range is refused at start. */
export interface PasswordOptions {
  /** Memory of one hash, KiB. Default and minimum: 19,456 (OWASP). */
  memory: number;
  /** Passes over the memory. Default and minimum: 2 (OWASP). */
  passes: number;
  /** Length that is enough with any characters. Default: 14. Minimum: 8 (CNIL 2022-100). */
  minLength: number;
  /** Length that is enough with all four classes of characters. Default: 12. Minimum: 8 (CNIL 2022-100). */
  minLengthWithFourClasses: number;
  /** Maximum length, characters. Default: 128. Minimum: 64 (ASVS 6.2.9). */
  maxLength: number;
  /** Names whose words of four letters or more no password may contain, such as the service's. */
  forbiddenWords: readonly string[];
  /** File of SHA-1 digests of breached passwords: `SHA1:COUNT` lines sorted by digest. Default: null. */
  breachedFile: string | null;
  /** Threads that hash at the same time. Default: one for each core. */
  threads: number;
  /** Passwords that may wait for a thread; one more gets `service.busy`. Default: 32 for each thread. */
  queue: number;
  /** Time after which an idle thread ends, milliseconds. Default: one minute. */
  idleMs: number;
  /**
   * Priority of the hashing threads on Linux, from 0 (as the event loop) to 19 (last). Default: 10, so that other work
   * goes first and yet does not interrupt a hash at every message.
   */
  niceness: number;
}

const QUEUE_FOR_EACH_THREAD = 32;

function bounds(
  threads: number,
): Record<Exclude<keyof PasswordOptions, 'forbiddenWords' | 'breachedFile'>, Bound> {
  return {
    memory: { default: 19_456, min: 19_456, max: 1_048_576, unit: 'KiB' },
    passes: { default: 2, min: 2, max: 16 },
    minLength: { default: 14, min: 8, max: 64 },
    minLengthWithFourClasses: { default: 12, min: 8, max: 64 },
    maxLength: { default: 128, min: 64, max: 1_024 },
    threads: { default: threads, min: 1, max: 64 },
    queue: { default: QUEUE_FOR_EACH_THREAD * threads, min: 0, max: 10_000 },
    idleMs: { default: MINUTE, min: 10, max: 60 * MINUTE },
    niceness: { default: 10, min: 0, max: 19 },
  };
}

/** Applies the defaults. @throws RangeError naming the option that is outside its range */
export function passwordOptions(given: Partial<PasswordOptions> = {}): PasswordOptions {
  const {
    forbiddenWords = ['portillon'],
    breachedFile = null,
    threads = availableParallelism(),
    ...others
  } = given;
  const numbers = bounded('CredentialModule.passwords', bounds(threads), { ...others, threads });
  return { forbiddenWords, breachedFile, ...numbers };
}

/** How long links last, milliseconds. One outside its bound is refused at start. */
export interface RecoveryOptions {
  /** Lifetime of an invitation, milliseconds. Default: 7 days. Maximum: 30 days. */
  invitationMs: number;
  /** Lifetime of a link to choose a new password, milliseconds. Default: one hour. Maximum: 24 hours. */
  passwordResetMs: number;
}

const BOUNDS: Record<keyof RecoveryOptions, Bound> = {
  invitationMs: { default: 7 * DAY, min: HOUR, max: 30 * DAY },
  passwordResetMs: { default: HOUR, min: 5 * MINUTE, max: DAY },
};

/** @throws RangeError naming the option that is out of its bound. */
export function recoveryOptions(given: Partial<RecoveryOptions> = {}): RecoveryOptions {
  return bounded('CredentialModule.recovery', BOUNDS, given);
}
