import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { isBreached } from './breached-passwords';
import { PASSWORD_OPTIONS } from './credential.options';
import type { PasswordOptions } from './credential.options';
import {
  CarryingNames,
  carryingNames,
  GuessEstimate,
  guessReasons,
  isTooLong,
  lengthReasons,
  WeaknessReason,
} from './password-strength.policy';
import { ThreadPool } from './thread-pool';
import { PasswordHashingService } from './password-hashing.service';

export interface PasswordAssessment {
  acceptable: boolean;
  /** All reasons that apply; empty when acceptable. */
  reasons: WeaknessReason[];
  /** The name that carries the password, by the reason that it is. */
  names: CarryingNames;
}

/** The dictionaries take about 40 MB while the thread lives. */
const HEAP_MB = 128;

/** The person whose names a password must not contain. */
export interface PasswordOwner {
  username: string;
  displayName: string;
  email: string;
  structure: { name: string } | null;
}

/**
 * Checks and hashes a new password, by CNIL 2022-100 (case 1) and ASVS 6.2. zxcvbn estimates guesses in a separate thread, so that
 * neither its dictionaries nor a malicious password blocks the event loop.
 */
@Injectable()
export class PasswordStrengthService implements OnApplicationShutdown {
  readonly #pool: ThreadPool<{ password: string }, GuessEstimate>;

  constructor(
    @Inject(PASSWORD_OPTIONS) private readonly options: PasswordOptions,
    private readonly hashing: PasswordHashingService,
  ) {
    const { queue, idleMs } = options;
    this.#pool = new ThreadPool({
      worker: 'strength.worker.cjs',
      memoryMb: HEAP_MB,
      threads: 1,
      queue,
      idleMs,
    });
  }

  /**
   * Returns whether a person may use this password, and the reasons if not.
   *
   * @param personal their names, user name, address and structure
   * @throws AppError `service.busy` when too many passwords wait already
   */
  async assess(password: string, personal: readonly string[]): Promise<PasswordAssessment> {
    if (isTooLong(password, this.options)) return { acceptable: false, reasons: ['too-long'], names: {} };
    const estimate = await this.#pool.run({ password });
    const names = carryingNames(password, personal, this.options);
    const reasons = [
      ...lengthReasons(password, this.options),
      ...guessReasons(estimate),
      ...((await this.#isBreached(password)) ? (['breached'] as const) : []),
      ...(Object.keys(names) as (keyof CarryingNames)[]),
    ];
    return { acceptable: reasons.length === 0, reasons: [...new Set(reasons)], names };
  }

  /**
   * Returns the digest of an acceptable password.
   *
   * @throws AppError `password.weak` with the reasons, `service.busy` when too many passwords wait already
   */
  async digest(owner: PasswordOwner, newPassword: string): Promise<string> {
    const own = [
      owner.username,
      owner.displayName,
      owner.email,
      ...(owner.structure ? [owner.structure.name] : []),
    ];
    const { acceptable, reasons, names } = await this.assess(newPassword, own);
    if (acceptable) return this.hashing.hash(newPassword);
    throw new AppError('password.weak', {
      errors: reasons.map((code) => {
        const word = code in names ? { word: names[code as keyof typeof names] } : {};
        return { field: 'newPassword', code, message: '', ...word };
      }),
    });
  }

  /** Ends the thread; waiting passwords get `service.busy`. */
  async onApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  async #isBreached(password: string): Promise<boolean> {
    const { breachedFile } = this.options;
    return breachedFile !== null && isBreached(password, breachedFile);
  }
}
