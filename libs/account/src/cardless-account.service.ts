import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type AccountIds,
  CardlessAccountRepository,
  type CardlessCount,
  type StructureCount,
} from './account/cardless-account.repository';

/** A person whom no card and no e-CPS lets in. */
export interface CardlessPerson {
  id: string;
  username: string;
  displayName: string;
}

/** The active people whom neither card nor e-CPS lets in, of one structure or of all. */
@Injectable()
export class CardlessAccountService {
  constructor(private readonly rows: CardlessAccountRepository) {}

  /** How many people are active. */
  countActive(structureId: string | null, tx?: EntityManager): Promise<number> {
    return this.rows.countActive(structureId, tx);
  }

  /** How many of the active get their codes by SMS. */
  countBySms(): Promise<number> {
    return this.rows.countBySms();
  }

  count(structureId: string | null, tx?: EntityManager): Promise<CardlessCount> {
    return this.rows.countCardless(structureId, undefined, tx);
  }

  /** Those whose ids one of these queries gives. */
  countAmong(structureId: string | null, ids: AccountIds, tx?: EntityManager): Promise<CardlessCount> {
    return this.rows.countCardless(structureId, ids, tx);
  }

  /** By structure, how many are active and how many of them are lacking: `strong` gives the ids of those who are not. */
  countByStructure(structureIds: readonly string[], strong: AccountIds): Promise<StructureCount[]> {
    return this.rows.countByStructure(structureIds, strong);
  }

  /** The first ones by name whose ids none of these queries gives. */
  async firstExcept(structureId: string | null, ids: AccountIds, limit: number): Promise<CardlessPerson[]> {
    const rows = await this.rows.cardless(structureId, ids, limit);
    return rows.map(({ id, username, displayName }) => ({ id, username, displayName }));
  }
}
