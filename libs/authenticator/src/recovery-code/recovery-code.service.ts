import { Injectable } from '@nestjs/common';
import { Clock, Keyring, Random } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import type { RecoveryCodeEntity } from './recovery-code.entity';
import { RecoveryCodeRepository } from './recovery-code.repository';
import { readRecoveryCode, writeRecoveryCode } from './recovery-code.text';
import type { RecoveryCodeState } from './recovery-code.types';

/** How many a set has. */
const RECOVERY_CODES = 10;
/** 120 bits: with fewer than 112 a look-up secret is kept as a password is (OWASP ASVS 5.0, 6.5.2). */
const CODE_BYTES = 15;
const PURPOSE = 'authenticator.recovery-code';

/** The recovery codes that people printed: made, compared, used. Counting attempts is the caller's. */
@Injectable()
export class RecoveryCodeService {
  constructor(
    private readonly rows: RecoveryCodeRepository,
    private readonly random: Random,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** Nothing when the person has none. */
  async stateOf(accountId: string, tx?: EntityManager): Promise<RecoveryCodeState | undefined> {
    const [first, ...others] = await this.rows.find(accountId, tx);
    if (!first) return undefined;
    return { createdAt: first.createdAt, remaining: this.#unused([first, ...others]).length };
  }

  /** Replaces the set with a new one and returns its codes: only now, since only digests are kept. */
  async replace(accountId: string, tx: EntityManager): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () =>
      writeRecoveryCode(this.random.bytes(CODE_BYTES)),
    );
    const createdAt = this.clock.now();
    const set = codes.map((code, position) => {
      const digest = this.keyring.digest(PURPOSE, partsOf({ accountId, position }, code));
      return { accountId, position, digest, createdAt, usedAt: null };
    });
    await this.rows.replace(set, tx);
    return codes;
  }

  /** Those that the person has not used, before an attempt is counted. */
  async unused(accountId: string): Promise<RecoveryCodeEntity[]> {
    return this.#unused(await this.rows.find(accountId));
  }

  /** Which of these people, at most 1,000, have one that they have not used. */
  async holders(accountIds: readonly string[]): Promise<Set<string>> {
    const rows = accountIds.length === 0 ? [] : await this.rows.findAll(accountIds);
    return new Set(this.#unused(rows).map(({ accountId }) => accountId));
  }

  /** The one that was typed, in whatever spelling. Constant-time for each. Uses nothing up: {@link use}. */
  compare(unused: readonly RecoveryCodeEntity[], typed: string): RecoveryCodeEntity | undefined {
    return unused.find((row) => this.keyring.matches(row.digest, PURPOSE, partsOf(row, typed)));
  }

  /** Uses the code up: `true` for exactly one caller, whatever was compared before. */
  use(code: RecoveryCodeEntity, tx: EntityManager): Promise<boolean> {
    return this.rows.use(code, this.clock.now(), tx);
  }

  /** Ends the person's codes: whether there was a set. */
  end(accountId: string, tx: EntityManager): Promise<boolean> {
    return this.rows.remove(accountId, tx);
  }

  /** One whose key left the ring opens nothing any more, and is not counted as one that would. */
  #unused(rows: readonly RecoveryCodeEntity[]): RecoveryCodeEntity[] {
    return rows.filter(({ usedAt, digest }) => !usedAt && this.keyring.has(Keyring.keyIdOf(digest)));
  }
}

/** All that a code is good for: a row that is moved to another person, or copied, fits its digest no more. */
function partsOf({ accountId, position }: Pick<RecoveryCodeEntity, 'accountId' | 'position'>, code: string) {
  return [accountId, String(position), readRecoveryCode(code)];
}
