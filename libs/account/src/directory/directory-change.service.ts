import { Injectable } from '@nestjs/common';
import { addMilliseconds, Clock, DAY, digestSecret, pageSize, Random } from '@portillon/kernel';
import { EntityManager, In, IsNull, LessThan } from 'typeorm';
import { DirectoryChangeRepository } from './directory-change.repository';
import type { DirectoryChangeEntity } from './directory-change.repository';
import type {
  DirectoryChange,
  DirectoryChangeKind,
  DirectoryChangeRecord,
  DirectoryDetails,
  ProposedDirectoryChange,
} from './directory-change.types';

/** How long a decided change is kept. One that was set aside may be proposed again afterwards. */
export const DECIDED_KEPT_MS = 365 * DAY;
/** An applied change may be proposed again afterwards: a link that waits for a second administrator takes a day. */
const REOPENED_AFTER_MS = 2 * DAY;

/** Changes that the national directory shows. None takes effect before an administrator decides. */
@Injectable()
export class DirectoryChangeService {
  constructor(
    private readonly rows: DirectoryChangeRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Proposes a change once: a change that is open or was set aside is not proposed again, unless its details differ.
   * Returns whether it is newly open.
   */
  async propose(proposed: ProposedDirectoryChange): Promise<boolean> {
    const foundAt = this.clock.now();
    const id = this.random.id();
    const changeKey = keyOf(proposed);
    const { kind, accountId, structureId } = proposed;
    const open = { foundAt, decidedAt: null, decidedBy: null, decision: null, reason: null };
    const details = JSON.stringify(proposed.details);
    if (await this.rows.insert({ id, changeKey, kind, accountId, structureId, details, ...open }))
      return true;
    // The person came back since, and the directory shows the same again.
    const decidedAt = LessThan(addMilliseconds(foundAt, -REOPENED_AFTER_MS));
    return this.rows.change({ changeKey, decision: 'applied', decidedAt }, { id, ...open });
  }

  /** Deletes the open changes of a person or a structure, of these kinds, that the directory shows no more. */
  withdrawOthers(
    subject: { accountId: string } | { structureId: string },
    kinds: readonly DirectoryChangeKind[],
    shown: readonly ProposedDirectoryChange[],
  ): Promise<void> {
    return this.rows.deleteOpen({ ...subject, kind: In(kinds) }, shown.map(keyOf));
  }

  /** Deletes open changes. */
  withdraw(ids: readonly string[]): Promise<void> {
    return this.rows.deleteOpen({ id: In(ids) });
  }

  /** Open changes of these structures, or of all (`null`), in the order in which they were found. */
  async listOpen(
    structureIds: readonly string[] | null,
    { cursor = '', limit: asked }: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: DirectoryChange[]; nextCursor: string | null }> {
    const limit = pageSize(asked);
    const rows = await this.rows.findOpenPage(structureIds, cursor, limit + 1);
    const items = rows.slice(0, limit).map(toChange);
    return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
  }

  /** Number of changes that {@link listOpen} returns over all pages. */
  countOpen(structureIds: readonly string[] | null): Promise<number> {
    return this.rows.countOpen(structureIds);
  }

  async findOpen(id: string): Promise<DirectoryChange | undefined> {
    const row = await this.rows.findOpen(id);
    return row ? toChange(row) : undefined;
  }

  /** Records the decision. Returns false when it was decided or withdrawn before: of several callers, one gets true. */
  decide(
    id: string,
    decided: { decision: 'applied' | 'set-aside'; by: string; reason?: string | undefined },
    tx: EntityManager,
  ): Promise<boolean> {
    const { decision, by: decidedBy, reason = null } = decided;
    const changes = { decision, decidedBy, reason, decidedAt: this.clock.now() };
    return this.rows.change({ id, decidedAt: IsNull() }, changes, tx);
  }

  /** All changes of a person, for an export. */
  async findByAccount(accountId: string): Promise<DirectoryChangeRecord[]> {
    const rows = await this.rows.findByAccount(accountId);
    return rows.map((row) => {
      const { kind, foundAt, decidedAt, decision, reason } = row;
      return { kind, details: detailsOf(row), foundAt, decidedAt, decision, reason };
    });
  }

  /** Deletes them, for an erasure. */
  deleteByAccount(accountId: string, tx: EntityManager): Promise<void> {
    return this.rows.deleteByAccount(accountId, tx);
  }

  /** Deletes at most `batch` that were decided a year ago. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.rows.deleteDecided(addMilliseconds(this.clock.now(), -DECIDED_KEPT_MS), batch);
  }
}

function keyOf({ kind, accountId, structureId, details }: ProposedDirectoryChange): string {
  const { nationalId, givenName, familyName, finess } = details;
  return digestSecret(
    JSON.stringify([kind, accountId, structureId, nationalId, givenName, familyName, finess]),
  );
}

function toChange(row: DirectoryChangeEntity): DirectoryChange {
  const { id, kind, accountId, structureId, foundAt } = row;
  return {
    id,
    kind,
    account: accountId === null ? null : { id: accountId, name: row.account?.displayName ?? accountId },
    structure: { id: structureId, name: row.structure?.name ?? structureId },
    details: detailsOf(row),
    foundAt,
  };
}

function detailsOf({ details }: Pick<DirectoryChangeEntity, 'details'>): DirectoryDetails {
  return JSON.parse(details) as DirectoryDetails;
}
