import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { BreachedPasswordsService } from './breached-passwords.service';
import { PASSWORD_OPTIONS, type PasswordOptions } from './credential.options';
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

export interface PasswordAssessment {
  acceptable: boolean;
  /** All reasons that apply; empty when acceptable. */
  reasons: WeaknessReason[];
  /** The name that carries the password, by the reason that it is. */
  names: CarryingNames;
}

/** The dictionaries take about 40 MB while the thread lives. */
const HEAP_MB = 128;

/**
 * Checks a new password by CNIL 2022-100 (case 1) and ASVS 6.2. zxcvbn estimates guesses in a separate thread, so that
 * neither its dictionaries nor a malicious password blocks the event loop.
 */
@Injectable()
export class PasswordStrengthService implements OnApplicationShutdown {
  readonly #pool: ThreadPool<{ password: string }, GuessEstimate>;

  constructor(
    @Inject(PASSWORD_OPTIONS) private readonly options: PasswordOptions,
    private readonly breached: BreachedPasswordsService,
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
      ...((await this.breached.has(password)) ? (['breached'] as const) : []),
      ...(Object.keys(names) as (keyof CarryingNames)[]),
    ];
    return { acceptable: reasons.length === 0, reasons: [...new Set(reasons)], names };
  }

  /** Ends the thread; waiting passwords get `service.busy`. */
  async onApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }
}
