import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type AccountIds,
  CardlessAccountRepository,
  type CardlessCount,
  type StructureCount,
} from './account/cardless-account.repository';

/** A person who has neither card nor e-CPS. */
export interface CardlessPerson {
  id: string;
  username: string;
  displayName: string;
}

/** Active people without card and e-CPS, of one structure or of all. */
@Injectable()
export class CardlessAccountService {
  constructor(private readonly rows: CardlessAccountRepository) {}

  /** Number of active accounts. */
  countActive(structureId: string | null, tx?: EntityManager): Promise<number> {
    return this.rows.countActive(structureId, tx);
  }

  /** Number of active accounts with codes by SMS. */
  countBySms(): Promise<number> {
    return this.rows.countBySms();
  }

  count(structureId: string | null, tx?: EntityManager): Promise<CardlessCount> {
    return this.rows.countCardless(structureId, undefined, tx);
  }

  /** Number of those whose ids one of these queries returns. */
  countAmong(structureId: string | null, ids: AccountIds, tx?: EntityManager): Promise<CardlessCount> {
    return this.rows.countCardless(structureId, ids, tx);
  }

  /**
   * By structure, the number of active accounts and of those without a strong means; `strong` returns the ids of those
   * with one.
   */
  countByStructure(structureIds: readonly string[], strong: AccountIds): Promise<StructureCount[]> {
    return this.rows.countByStructure(structureIds, strong);
  }

  /** The first by name whose ids none of these queries returns. */
  async firstExcept(structureId: string | null, ids: AccountIds, limit: number): Promise<CardlessPerson[]> {
    const rows = await this.rows.cardless(structureId, ids, limit);
    return rows.map(({ id, username, displayName }) => ({ id, username, displayName }));
  }
}
