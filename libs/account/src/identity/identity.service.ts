import { Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { IsNull, Not } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { wrongFields } from '../account/account-fields.policy';
import type { NameParts } from '../account/account.types';
import { AccountRepository } from '../account/account.repository';
import { lookUpDueAt } from './identity.policy';
import type { IdentityMethod, DirectoryState, DueLookup } from './identity.policy';

/** Wait before the next look-up of a national id without an answer. */
const PUT_OFF_MS = DAY;

/** How, when and by whom identities were verified, and what the national directory says of national ids. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Records that the account holder proved the account's national id. The version does not change: no one edited the
   * account.
   */
  async recordVerified(
    id: string,
    nationalId: string,
    method: Exclude<IdentityMethod, 'face-to-face'>,
    tx: EntityManager,
  ): Promise<boolean> {
    return this.rows.record(id, { nationalId }, this.#verified(method, null), tx);
  }

  /** Sets the names that were stated with it, where the account has none and they are valid. */
  async recordNames(id: string, names: NameParts, tx: EntityManager): Promise<void> {
    const nameless = { givenName: IsNull(), familyName: IsNull() };
    if (wrongFields(names).length === 0) await this.rows.record(id, nameless, names, tx);
  }

  /** Records that an administrator verified the person face to face. Returns false for a closed account. */
  attest(id: string, by: string, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, { status: Not('DEACTIVATED') }, this.#verified('face-to-face', by), tx);
  }

  /** National ids of open accounts that are due, at most `batch`; those never looked up first. */
  async findDueLookups(batch: number): Promise<DueLookup[]> {
    const rows = await this.rows.findDueLookups(this.clock.now(), Math.trunc(batch));
    return rows.map(({ id, nationalId, directoryDueAt }) => ({
      accountId: id,
      nationalId: nationalId!,
      dueAt: directoryDueAt,
    }));
  }

  /**
   * Claims a look-up, once across all instances, and postpones the next one by a day. An id without an answer delays
   * no other, and the previous answer stays.
   */
  claimLookup({ accountId, nationalId, dueAt }: DueLookup): Promise<boolean> {
    const unchanged = { nationalId, directoryDueAt: dueAt ?? IsNull() };
    const directoryDueAt = addMilliseconds(this.clock.now(), PUT_OFF_MS);
    return this.rows.record(accountId, unchanged, { directoryDueAt });
  }

  /** Stores the directory's answer for two years. Stores nothing when the account has another national id by now. */
  saveLookup({ accountId, nationalId }: DueLookup, directoryState: DirectoryState): Promise<boolean> {
    const now = this.clock.now();
    const answered = { directoryState, directoryLookedUpAt: now, directoryDueAt: lookUpDueAt(now) };
    return this.rows.record(accountId, { nationalId }, answered);
  }

  /** The next ids after `after`, of open accounts with a national id. */
  findIdsWithNationalId(after: string, limit: number): Promise<string[]> {
    return this.rows.findIdsWithNationalId(after, limit);
  }

  #verified(identityMethod: IdentityMethod, identityVerifiedBy: string | null) {
    return { identityMethod, identityVerifiedBy, identityVerifiedAt: this.clock.now() };
  }
}
