import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Clock, Keyring, MINUTE, Random, addMilliseconds } from '@portillon/kernel';
import { EntityRepository } from '@portillon/persistence';
import { createHash } from 'node:crypto';
import { EntityManager, Column, Entity, Index, LessThanOrEqual, PrimaryColumn, Repository } from 'typeorm';
import type { Ceremony } from './passkey/passkey.types';

/** The table `usedChallenge`: answered challenges, so that none is answered twice. */
@Entity('usedChallenge')
@Index('usedChallengeByExpiry', ['expiresAt'])
export class UsedChallengeEntity {
  /** SHA-256 of the challenge. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `usedChallenge`. */
@Injectable()
export class UsedChallengeRepository extends EntityRepository<UsedChallengeEntity> {
  constructor(@InjectRepository(UsedChallengeEntity) rows: Repository<UsedChallengeEntity>) {
    super(rows);
  }

  /** Records the use. Returns true for one caller, by the primary key. */
  use(challenge: UsedChallengeEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(challenge, tx);
  }

  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}

/** Lifetime of a challenge: time to find the security key, or unlock the phone. */
export const CHALLENGE_MS = 10 * MINUTE;
/** Maximum difference between the clocks of two instances: a used challenge is remembered for this much longer. */
const SKEW_MS = 5 * MINUTE;
const CHALLENGE_BYTES = 32;
const SEAL = 'passkey-challenge';

/** A challenge that can be answered in its browser. */
export interface OpenChallenge {
  /** Base64url, as the authenticator signs it. */
  challenge: string;
  expiresAt: Date;
}

/** Encrypted content of the cookie. */
interface Sealed extends Ceremony {
  challenge: string;
  expiresAt: string;
}

/**
 * Single-use challenges for an authenticator. A challenge is encrypted in the browser's cookie; only its use is
 * stored. Requesting one writes nothing, so that a flood of requests fills no table.
 */
@Injectable()
export class ChallengeService {
  constructor(
    private readonly used: UsedChallengeRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  issue(ceremony: Ceremony): { bytes: Buffer; cookie: string } {
    const bytes = this.random.bytes(CHALLENGE_BYTES);
    const said: Sealed = {
      purpose: ceremony.purpose,
      binding: ceremony.binding,
      challenge: bytes.toString('base64url'),
      expiresAt: addMilliseconds(this.clock.now(), CHALLENGE_MS).toISOString(),
    };
    return { bytes, cookie: this.keyring.seal(SEAL, JSON.stringify(said), this.random) };
  }

  /** Returns this browser's challenge for this ceremony, while it is valid. Does not use it up: {@link use} does. */
  open({ purpose, binding }: Ceremony, cookie: string | undefined): OpenChallenge | undefined {
    const said = cookie === undefined ? undefined : this.#read(cookie);
    if (said?.purpose !== purpose || said.binding !== binding) return undefined;
    const expiresAt = new Date(said.expiresAt);
    return expiresAt > this.clock.now() ? { challenge: said.challenge, expiresAt } : undefined;
  }

  /** Uses the challenge up. Of all concurrent callers, one gets true. */
  async use({ challenge, expiresAt }: OpenChallenge, tx: EntityManager): Promise<boolean> {
    if (expiresAt <= this.clock.now()) return false;
    const digest = createHash('sha256').update(challenge).digest('hex');
    return this.used.use({ digest, expiresAt: addMilliseconds(expiresAt, SKEW_MS) }, tx);
  }

  /** Deletes at most `batch` expired challenges. */
  purge(batch: number): Promise<number> {
    return this.used.deleteExpired(this.clock.now(), batch);
  }

  #read(cookie: string): Sealed | undefined {
    try {
      return JSON.parse(this.keyring.open(SEAL, cookie)) as Sealed;
    } catch {
      // Forged, altered, truncated, or sealed with a removed key.
      return undefined;
    }
  }
}
