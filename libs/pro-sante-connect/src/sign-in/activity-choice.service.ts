import { Injectable } from '@nestjs/common';
import {
  addMilliseconds,
  Clock,
  issueToken,
  Keyring,
  MINUTE,
  parseToken,
  Random,
  secretMatches,
} from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { ActivityChoiceRepository } from './activity-choice.repository';
import type { Identity } from '../provider/identity';

/** The choice of an activity that a user must still make. */
export interface PendingActivityChoice {
  id: string;
  identity: Identity;
  returnTo: string;
}

export const LIFE_MS = 15 * MINUTE;
const SEALED = 'psc-choice';

/** Users with several activities, between PSC's answer and their choice. They have a separate cookie and no session yet. */
@Injectable()
export class ActivityChoiceService {
  constructor(
    private readonly choices: ActivityChoiceRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  /** The token is given once. */
  async offer(identity: Identity, returnTo: string): Promise<string> {
    const { id, value, secretDigest } = issueToken(this.random);
    const identitySealed = this.keyring.seal(SEALED, JSON.stringify(identity), this.random);
    const expiresAt = addMilliseconds(this.clock.now(), LIFE_MS);
    await this.choices.insert({ id, secretDigest, identitySealed, returnTo, expiresAt });
    return value;
  }

  async find(token: string | undefined): Promise<PendingActivityChoice | undefined> {
    const parsed = parseToken(token);
    const choice = parsed && (await this.choices.findOpen(parsed.id, this.clock.now()));
    if (!choice || !secretMatches(parsed.secret, choice.secretDigest)) return undefined;
    const identity = JSON.parse(this.keyring.open(SEALED, choice.identitySealed)) as Identity;
    return { id: choice.id, identity, returnTo: choice.returnTo };
  }

  /** Exactly one wins. */
  consume(id: string, tx: EntityManager): Promise<boolean> {
    return this.choices.consume(id, this.clock.now(), tx);
  }

  purge(batch: number): Promise<number> {
    return this.choices.deleteExpired(this.clock.now(), batch);
  }
}
