import { Injectable } from '@nestjs/common';
import { Clock, Keyring, Random } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { RecoveryCodeRepository } from './recovery-code.repository';
import type { RecoveryCodeEntity } from './recovery-code.repository';

/** Number of codes in a set. */
const RECOVERY_CODES = 10;
/** 120 bits: below 112 a look-up secret needs the storage of a password (OWASP ASVS 5.0, 6.5.2). */
const CODE_BYTES = 15;
const PURPOSE = 'authenticator.recovery-code';

/** State of a person's recovery codes, without the codes. */
export interface RecoveryCodeState {
  createdAt: Date;
  /** Number of unused codes. */
  remaining: number;
}

/** Makes, compares and uses up printed recovery codes. The caller counts the attempts. */
@Injectable()
export class RecoveryCodeService {
  constructor(
    private readonly rows: RecoveryCodeRepository,
    private readonly random: Random,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  /** Returns the state of the person's set; nothing without one. */
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

  /** Returns the person's unused codes, before an attempt is counted. */
  async unused(accountId: string): Promise<RecoveryCodeEntity[]> {
    return this.#unused(await this.rows.find(accountId));
  }

  /** Those of these people, at most 1,000, who have an unused code. */
  async holders(accountIds: readonly string[]): Promise<Set<string>> {
    const rows = accountIds.length === 0 ? [] : await this.rows.findAll(accountIds);
    return new Set(this.#unused(rows).map(({ accountId }) => accountId));
  }

  /**
   * Returns the typed code in any spelling, if it is one of these. Constant-time for each. Does not use it up: {@link
   * use} does.
   */
  compare(unused: readonly RecoveryCodeEntity[], typed: string): RecoveryCodeEntity | undefined {
    return unused.find((row) => this.keyring.matches(row.digest, PURPOSE, partsOf(row, typed)));
  }

  /** Uses the code up: `true` for exactly one caller. */
  use(code: RecoveryCodeEntity, tx: EntityManager): Promise<boolean> {
    return this.rows.use(code, this.clock.now(), tx);
  }

  /** Deletes the person's codes, if they were created since a time. Returns whether there was a set. */
  end(accountId: string, tx: EntityManager, since?: Date): Promise<boolean> {
    return this.rows.remove(accountId, tx, since);
  }

  /** Leaves out codes whose key was removed from the ring: they cannot be used. */
  #unused(rows: readonly RecoveryCodeEntity[]): RecoveryCodeEntity[] {
    return rows.filter(({ usedAt, digest }) => !usedAt && this.keyring.has(Keyring.keyIdOf(digest)));
  }
}

/** Everything that limits the code, so that a moved or copied row does not match. */
function partsOf({ accountId, position }: Pick<RecoveryCodeEntity, 'accountId' | 'position'>, code: string) {
  return [accountId, String(position), readRecoveryCode(code)];
}

/** Crockford's base32: no I, L, O or U, so that a code that is read aloud or copied by hand has one spelling. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5n;
const BYTE = 8n;
const GROUP = /.{4}(?=.)/g;
/** Separators that people and word processors put between the groups: spaces, and characters that look like a hyphen. */
const BETWEEN = /[\s\u00a0\u202f\u2010-\u2015\u2212-]/g;

/** Formats bytes as `7ZQK-0M4T-…`. Five bytes make eight letters. */
export function writeRecoveryCode(bytes: Buffer): string {
  let rest = bytes.reduce((sum, byte) => (sum << BYTE) | BigInt(byte), 0n);
  let text = '';
  for (let length = (bytes.length * 8) / 5; length > 0; length--) {
    text = ALPHABET[Number(rest & 31n)]! + text;
    rest >>= BITS;
  }
  return text.replace(GROUP, '$&-');
}

/** Normalises a typed code to the spelling that is compared. */
export function readRecoveryCode(typed: string): string {
  return typed.replace(BETWEEN, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
}
