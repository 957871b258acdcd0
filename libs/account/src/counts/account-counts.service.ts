import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '@portillon/kernel';
import { AccountCountsRepository } from './account-counts.repository';
import type { AccountIds, CardlessCount, StructureCount, StructureIds } from './account-counts.repository';
import { identityDueSince } from '../identity/identity.policy';
import type { IdentityCount } from '../identity/identity.policy';

/** A person who has neither card nor e-CPS. */
export interface CardlessPerson {
  id: string;
  username: string;
  displayName: string;
  /** The structure that manages the account. */
  structureId: string | null;
}

/** Their number, and the first of them by name. */
export interface UnverifiedPeople {
  count: number;
  first: CardlessPerson[];
}

/** Maximum number of names on a page; the list of accounts has them all. */
const MOST_NAMES = 100;

/** Counts and first names of people without a strong means or a verified identity, of one structure or of all. */
@Injectable()
export class AccountCountsService {
  constructor(
    private readonly rows: AccountCountsRepository,
    private readonly clock: Clock,
  ) {}

  /** Number of active accounts. */
  countActive(structureIds: StructureIds, tx?: EntityManager): Promise<number> {
    return this.rows.countActive(structureIds, tx);
  }

  /** Number of active accounts with codes by SMS. */
  countBySms(): Promise<number> {
    return this.rows.countBySms();
  }

  /** Number of active accounts without card and e-CPS, and of those with codes by SMS. */
  countCardless(structureIds: StructureIds, tx?: EntityManager): Promise<CardlessCount> {
    return this.rows.countCardless(structureIds, undefined, tx);
  }

  /** Number of those among them whose ids one of these queries returns. */
  countCardlessAmong(
    structureIds: StructureIds,
    ids: AccountIds,
    tx?: EntityManager,
  ): Promise<CardlessCount> {
    return this.rows.countCardless(structureIds, ids, tx);
  }

  /**
   * By structure, the number of active accounts and of those without a strong means; `strong` returns the ids of those
   * with one.
   */
  countByStructure(structureIds: readonly string[], strong: AccountIds): Promise<StructureCount[]> {
    return this.rows.countByStructure(structureIds, strong);
  }

  /** The first people without card and e-CPS by name whose ids none of these queries returns. */
  async findCardlessExcept(
    structureIds: StructureIds,
    ids: AccountIds,
    limit: number,
  ): Promise<CardlessPerson[]> {
    const rows = await this.rows.findCardless(structureIds, ids, limit);
    return rows.map(toCardless);
  }

  /**
   * People whom a structure's rule on identities would refuse: active, not verified, and without a means that verifies. At
   * `from`, or now when `from` is past or null.
   */
  async findUnverified(structureId: string, from: Date | null): Promise<UnverifiedPeople> {
    const now = this.clock.now();
    const dueSince = identityDueSince(from && from > now ? from : now);
    const [rows, count] = await this.rows.findUnproven(structureId, dueSince, MOST_NAMES);
    return { count, first: rows.map(toCardless) };
  }

  /** Open accounts by state of identity, of these structures, or of all with null. Reads the whole table: for a report, not for a page. */
  countIdentities(structureIds: StructureIds, tx?: EntityManager): Promise<IdentityCount> {
    return this.rows.countIdentities(structureIds, identityDueSince(this.clock.now()), tx);
  }
}

function toCardless({ id, username, displayName, structureId }: CardlessPerson): CardlessPerson {
  return { id, username, displayName, structureId };
}
