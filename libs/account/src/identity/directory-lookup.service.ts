import { Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { IsNull } from 'typeorm';
import { AccountRepository } from '../account/account.repository';
import { lookUpDueAt } from './identity.policy';
import { IdentityRepository } from './identity.repository';
import type { DirectoryState, DueLookup } from './identity.types';

/** A national id that brought no answer is not asked about again before. */
const PUT_OFF_MS = DAY;

/** Which national ids are to be looked up in the national directory, and what it said of them. */
@Injectable()
export class DirectoryLookupService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly identities: IdentityRepository,
    private readonly clock: Clock,
  ) {}

  /** National ids of accounts that are not closed whose day has come, at most `batch`; those never looked up first. */
  async due(batch: number): Promise<DueLookup[]> {
    const rows = await this.identities.lookUpDue(this.clock.now(), Math.trunc(batch));
    return rows.map(({ id, nationalId, directoryDueAt }) => ({
      accountId: id,
      nationalId: nationalId!,
      dueAt: directoryDueAt,
    }));
  }

  /**
   * Takes it on, once across all instances, and puts it off by a day: what brings no answer holds up no other, and what the
   * directory said before stays.
   */
  claim({ accountId, nationalId, dueAt }: DueLookup): Promise<boolean> {
    const unchanged = { nationalId, directoryDueAt: dueAt ?? IsNull() };
    const directoryDueAt = addMilliseconds(this.clock.now(), PUT_OFF_MS);
    return this.rows.note(accountId, unchanged, { directoryDueAt });
  }

  /** Keeps what the directory said, for two years. Of an account that has another national id by now nothing is kept. */
  keep({ accountId, nationalId }: DueLookup, directoryState: DirectoryState): Promise<boolean> {
    const now = this.clock.now();
    const told = { directoryState, directoryLookedUpAt: now, directoryDueAt: lookUpDueAt(now) };
    return this.rows.note(accountId, { nationalId }, told);
  }
}
