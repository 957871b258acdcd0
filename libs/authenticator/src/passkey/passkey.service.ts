import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { PasskeyOwnerRepository } from './passkey-owner.repository';
import { type PasskeyEntity, toPasskey } from './passkey.entity';
import { PASSKEY_OPTIONS, type PasskeyOptions } from '../passkey.options';
import { PasskeyRepository } from './passkey.repository';
import type { AcceptedPasskeys, Passkey } from './passkey.types';

/** As long as ended sessions and trusted devices are kept. */
export const RETENTION_MS = 30 * DAY;

/** Manages the passkeys of people. */
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
    return (await this.passkeys.findAllOf(accountId)).map(toPasskey);
  }

  /** Passkeys of these people, at most 1,000 ids, oldest first. */
  async listAll(accountIds: readonly string[]): Promise<Passkey[]> {
    return accountIds.length === 0 ? [] : (await this.passkeys.findAll(accountIds)).map(toPasskey);
  }

  /** Those of these people, at most 1,000, who have a passkey that counts. Empty where passkeys are not offered. */
  async holders(accountIds: readonly string[], accepted: AcceptedPasskeys): Promise<Set<string>> {
    if (!this.options.enabled || accountIds.length === 0) return new Set();
    return new Set(await this.passkeys.findHolders(accountIds, accepted));
  }

  /**
   * Queries for the ids of all who have a passkey that counts, for statements of other libraries. None where passkeys
   * are not offered.
   */
  holdersQueries(accepted: AcceptedPasskeys): SelectQueryBuilder<PasskeyEntity>[] {
    return this.options.enabled ? [this.passkeys.holdersQuery(accepted)] : [];
  }

  /** Renames a passkey. Returns whether it is this person's and active. */
  rename(accountId: string, id: string, name: string, tx: EntityManager): Promise<boolean> {
    return this.passkeys.rename(accountId, id, name, tx);
  }

  /**
   * Records that an administrator identified the person in person. Returns false when it is not theirs, or was proved
   * before.
   */
  proveInPerson(accountId: string, id: string, tx: EntityManager): Promise<boolean> {
    const proof = { identityProof: 'in-person' as const, identityProvedAt: this.clock.now() };
    return this.passkeys.proveIdentity(accountId, id, proof, tx);
  }

  /** Ends a passkey. Returns whether it was this person's and active. */
  end(accountId: string, id: string, tx: EntityManager): Promise<boolean> {
    return this.passkeys.end(accountId, id, this.clock.now(), tx);
  }

  /** Ends all passkeys of the person, or those added since a time. Returns how many. */
  endAll(accountId: string, tx: EntityManager, since?: Date): Promise<number> {
    return this.passkeys.endAll(accountId, this.clock.now(), tx, since);
  }

  /** Deletes all data of an erased person. */
  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.passkeys.erase(accountId, tx);
    await this.owners.erase(accountId, tx);
  }

  /** Other origins whose pages may use the passkeys, with ours; empty without others. */
  get relatedOrigins(): string[] {
    const { enabled, origin, relatedOrigins } = this.options;
    return enabled && relatedOrigins.length > 0 ? [...new Set([origin, ...relatedOrigins])] : [];
  }

  /** Whether the deployment offers passkeys. */
  get offered(): boolean {
    return this.options.enabled;
  }

  /** Returns the relying party of active passkeys that this deployment cannot use; nothing when there are none. */
  async otherRelyingParty(): Promise<string | undefined> {
    if (!this.options.enabled) return undefined;
    return (await this.passkeys.findOfOther(this.options.rpId))?.rpId;
  }

  /** Deletes at most `batch` passkeys whose retention is over. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.passkeys.deleteEndedBefore(addMilliseconds(this.clock.now(), -RETENTION_MS), batch);
  }
}
