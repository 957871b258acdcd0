import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { PasskeyOwnerRepository } from './passkey-owner.repository';
import type { PasskeyEntity } from './passkey.entity';
import { PASSKEY_OPTIONS, type PasskeyOptions } from '../passkey.options';
import { PasskeyRepository } from './passkey.repository';
import type { AcceptedPasskeys, Passkey } from './passkey.types';
import { toPasskey } from './passkey.view';

/** As long as sessions and remembered browsers are kept after their end. */
export const RETENTION_MS = 30 * DAY;

/** The passkeys that people have. */
@Injectable()
export class PasskeyService {
  constructor(
    private readonly passkeys: PasskeyRepository,
    private readonly owners: PasskeyOwnerRepository,
    private readonly clock: Clock,
    @Inject(PASSKEY_OPTIONS) private readonly options: PasskeyOptions,
  ) {}

  /** The person's passkeys, oldest first. */
  async list(accountId: string): Promise<Passkey[]> {
    return (await this.passkeys.list(accountId)).map(toPasskey);
  }

  /** Those of each of these people, at most 1,000, oldest first. */
  async listAll(accountIds: readonly string[]): Promise<Passkey[]> {
    return accountIds.length === 0 ? [] : (await this.passkeys.findAll(accountIds)).map(toPasskey);
  }

  /** Which of these people, at most 1,000, have a passkey that counts. None where none is offered. */
  async holders(accountIds: readonly string[], accepted: AcceptedPasskeys): Promise<Set<string>> {
    if (!this.options.enabled || accountIds.length === 0) return new Set();
    return new Set(await this.passkeys.holders(accountIds, accepted));
  }

  /** The ids of all who have a passkey that counts, for a statement of another lib. None where none is offered. */
  holdersQueries(accepted: AcceptedPasskeys): SelectQueryBuilder<PasskeyEntity>[] {
    return this.options.enabled ? [this.passkeys.holdersQuery(accepted)] : [];
  }

  /** Whether it was this person's, and opens something. */
  rename(accountId: string, id: string, name: string, tx: EntityManager): Promise<boolean> {
    return this.passkeys.rename(accountId, id, name, tx);
  }

  /** The person stood before an administrator, with it. Whether it was this person's, and nothing proved it yet. */
  proveInPerson(accountId: string, id: string, tx: EntityManager): Promise<boolean> {
    const proof = { identityProof: 'in-person' as const, identityProvedAt: this.clock.now() };
    return this.passkeys.proveIdentity(accountId, id, proof, tx);
  }

  /** Whether it was this person's, and opened something until now. */
  end(accountId: string, id: string, tx: EntityManager): Promise<boolean> {
    return this.passkeys.end(accountId, id, this.clock.now(), tx);
  }

  /** Ends all of the person's: how many. */
  endAll(accountId: string, tx: EntityManager): Promise<number> {
    return this.passkeys.endAll(accountId, this.clock.now(), tx);
  }

  /** Deletes all that is known of a person who is erased. */
  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.passkeys.erase(accountId, tx);
    await this.owners.erase(accountId, tx);
  }

  /** The origins whose pages may use them, where there are others than ours; none where there are not. */
  get relatedOrigins(): string[] {
    const { enabled, origin, relatedOrigins } = this.options;
    return enabled && relatedOrigins.length > 0 ? [...new Set([origin, ...relatedOrigins])] : [];
  }

  /** Whether the deployment offers them. */
  get offered(): boolean {
    return this.options.enabled;
  }

  /** The relying party of passkeys that this deployment could not use: they answer that one alone. Nothing when none is. */
  async otherRelyingParty(): Promise<string | undefined> {
    if (!this.options.enabled) return undefined;
    return (await this.passkeys.findOfOther(this.options.rpId))?.rpId;
  }

  /** Deletes at most `batch` that ended long ago: how many. */
  purge(batch: number): Promise<number> {
    return this.passkeys.deleteEndedBefore(addMilliseconds(this.clock.now(), -RETENTION_MS), batch);
  }
}
