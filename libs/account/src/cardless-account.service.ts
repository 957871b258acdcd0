import { Injectable } from '@nestjs/common';
import { type AccountIds, AccountRepository, type CardlessCount } from './account/account.repository';

/** A person whom no card and no e-CPS lets in. */
export interface CardlessPerson {
  id: string;
  username: string;
  displayName: string;
}

/** The active people whom neither card nor e-CPS lets in, of one structure or of all. */
@Injectable()
export class CardlessAccountService {
  constructor(private readonly rows: AccountRepository) {}

  /** How many people are active. */
  countActive(structureId: string | null): Promise<number> {
    return this.rows.countActive(structureId);
  }

  /** How many of the active get their codes by SMS. */
  countBySms(): Promise<number> {
    return this.rows.countBySms();
  }

  count(structureId: string | null): Promise<CardlessCount> {
    return this.rows.countCardless(structureId);
  }

  /** Those whose ids one of these queries gives. */
  countAmong(structureId: string | null, ids: AccountIds): Promise<CardlessCount> {
    return this.rows.countCardless(structureId, ids);
  }

  /** The first ones by name whose ids none of these queries gives. */
  async firstExcept(structureId: string | null, ids: AccountIds, limit: number): Promise<CardlessPerson[]> {
    const rows = await this.rows.cardless(structureId, ids, limit);
    return rows.map(({ id, username, displayName }) => ({ id, username, displayName }));
  }
}
