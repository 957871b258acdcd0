import { availableParallelism } from 'node:os';
import { MINUTE } from '@portillon/kernel';
import type { RecoveryOptions } from './recovery.options';

/** What {@link CredentialModule} takes; all of it has defaults. */
export interface CredentialOptions {
  passwords?: Partial<PasswordOptions>;
  recovery?: Partial<RecoveryOptions>;
}

/** Characters. Longer than any password that can exist here: longer input is refused before it costs a hash. */
export const PASSWORD_LENGTH = 1_024;

export const PASSWORD_OPTIONS = Symbol('PasswordOptions');
export const RECOVERY_OPTIONS = Symbol('RecoveryOptions');

/** The policy for passwords. Every value has a default and a bound; one outside its bound is refused at start. */
export interface PasswordOptions {
  /** Memory of one hash, KiB: 19,456 unless told, not lower (OWASP). */
  memory: number;
  /** Passes over it: 2 unless told, not lower (OWASP). */
  passes: number;
  /** Characters that are enough, whatever they are: 14 unless told, at least 8 (CNIL 2022-100). */
  minLength: number;
  /** Characters that are enough with all four classes: 12 unless told, at least 8 (CNIL 2022-100). */
  minLengthWithFourClasses: number;
  /** Characters at most: 128 unless told, at least 64 (ASVS 6.2.9). */
  maxLength: number;
  /** Words that no password may hold, such as the service's name. */
  forbiddenWords: readonly string[];
  /** Threads that hash at the same time: as many as the machine has cores unless told. */
  threads: number;
  /** Passwords that may wait for a thread, before `service.busy`: 32 for each thread unless told. */
  queue: number;
  /** A thread without work for so long ends, milliseconds: one minute unless told. */
  idleMs: number;
  /** Priority of the hashing threads on Linux, 0 (as the event loop) to 19 (last): 10 unless told, so that the rest goes before, and yet no hash is interrupted by every message. */
  niceness: number;
}

const QUEUE_FOR_EACH_THREAD = 32;

const BOUNDS: Partial<Record<keyof PasswordOptions, [lowest: number, highest: number]>> = {
  memory: [19_456, 1_048_576],
  passes: [2, 16],
  minLength: [8, 64],
  minLengthWithFourClasses: [8, 64],
  maxLength: [64, 1_024],
  threads: [1, 64],
  queue: [0, 10_000],
  idleMs: [10, 60 * MINUTE],
  niceness: [0, 19],
};

/** The whole policy. @throws Error naming the option that is out of its bound. */
export function passwordOptions(given: Partial<PasswordOptions> = {}): PasswordOptions {
  const threads = given.threads ?? availableParallelism();
  const options = { ...defaults(threads), ...given };
  for (const [name, [lowest, highest]] of Object.entries(BOUNDS)) {
    const value = options[name as keyof PasswordOptions] as number;
    if (Number.isInteger(value) && value >= lowest && value <= highest) continue;
    throw new Error(`passwords.${name} must be a whole number from ${lowest} to ${highest}`);
  }
  return options;
}

function defaults(threads: number): PasswordOptions {
  return {
    memory: 19_456,
    passes: 2,
    minLength: 14,
    minLengthWithFourClasses: 12,
    maxLength: 128,
    forbiddenWords: ['portillon'],
    threads,
    queue: QUEUE_FOR_EACH_THREAD * threads,
    idleMs: MINUTE,
    niceness: 10,
  };
}
