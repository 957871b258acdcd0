import { Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { IsNull } from 'typeorm';
import { AccountRepository } from '../account/account.repository';
import { lookUpDueAt } from './identity.policy';
import { IdentityRepository } from './identity.repository';
import type { DirectoryState, DueLookup } from './identity.types';

/** Wait before the next look-up of a national id without an answer. */
const PUT_OFF_MS = DAY;

/** National ids to look up in the national directory, and its answers. */
@Injectable()
export class DirectoryLookupService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly identities: IdentityRepository,
    private readonly clock: Clock,
  ) {}

  /** National ids of open accounts that are due, at most `batch`; those never looked up first. */
  async due(batch: number): Promise<DueLookup[]> {
    const rows = await this.identities.lookUpDue(this.clock.now(), Math.trunc(batch));
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
  claim({ accountId, nationalId, dueAt }: DueLookup): Promise<boolean> {
    const unchanged = { nationalId, directoryDueAt: dueAt ?? IsNull() };
    const directoryDueAt = addMilliseconds(this.clock.now(), PUT_OFF_MS);
    return this.rows.note(accountId, unchanged, { directoryDueAt });
  }

  /** Stores the directory's answer for two years. Stores nothing when the account has another national id by now. */
  keep({ accountId, nationalId }: DueLookup, directoryState: DirectoryState): Promise<boolean> {
    const now = this.clock.now();
    const answered = { directoryState, directoryLookedUpAt: now, directoryDueAt: lookUpDueAt(now) };
    return this.rows.note(accountId, { nationalId }, answered);
  }
}
