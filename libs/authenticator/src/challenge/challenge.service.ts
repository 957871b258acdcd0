import { Injectable } from '@nestjs/common';
import { Clock, Keyring, MINUTE, Random, addMilliseconds } from '@portillon/kernel';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Ceremony } from '../passkey/passkey.types';
import { UsedChallengeRepository } from './used-challenge.repository';

/** A person finds the security key, or unlocks the phone, meanwhile. */
export const CHALLENGE_MS = 10 * MINUTE;
/** How far the clocks of two instances may be apart: for so long more a challenge that was used is known as used. */
const SKEW_MS = 5 * MINUTE;
const CHALLENGE_BYTES = 32;
const SEAL = 'passkey-challenge';

/** A challenge that may still be answered, in the browser that it was given to. */
export interface OpenChallenge {
  /** Base64url, as the authenticator signs it. */
  challenge: string;
  expiresAt: Date;
}

/** What the cookie says, to us alone. */
interface Sealed extends Ceremony {
  challenge: string;
  expiresAt: string;
}

/**
 * What an authenticator is to sign, once: it travels sealed in the browser's cookie, and what is stored is that it was
 * answered. Asking for one writes nothing, so that a flood of askers fills no table.
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

  /** The challenge that this browser was given for this ceremony, while it is good. Does not use it up: {@link use}. */
  open({ purpose, binding }: Ceremony, cookie: string | undefined): OpenChallenge | undefined {
    const said = cookie === undefined ? undefined : this.#read(cookie);
    if (said?.purpose !== purpose || said.binding !== binding) return undefined;
    const expiresAt = new Date(said.expiresAt);
    return expiresAt > this.clock.now() ? { challenge: said.challenge, expiresAt } : undefined;
  }

  /** Uses the challenge up. Of all who try, one gets true. */
  async use({ challenge, expiresAt }: OpenChallenge, tx: EntityManager): Promise<boolean> {
    if (expiresAt <= this.clock.now()) return false;
    const digest = createHash('sha256').update(challenge).digest('hex');
    return this.used.use({ digest, expiresAt: addMilliseconds(expiresAt, SKEW_MS) }, tx);
  }

  /** Forgets at most `batch` challenges that are over. */
  purge(batch: number): Promise<number> {
    return this.used.deleteExpired(this.clock.now(), batch);
  }

  #read(cookie: string): Sealed | undefined {
    try {
      return JSON.parse(this.keyring.open(SEAL, cookie)) as Sealed;
    } catch {
      // Forged, altered, truncated, or sealed by a key that has left the ring.
      return undefined;
    }
  }
}
