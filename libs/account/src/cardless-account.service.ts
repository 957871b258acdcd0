import { Injectable } from '@nestjs/common';
import type { AccountPlace } from './account-order';
import type { AccountEntity } from './account.entity';
import { AccountRepository } from './account.repository';

/** A person whom no card and no e-CPS lets in. */
export interface CardlessPerson {
  id: string;
  username: string;
  displayName: string;
  /** How their codes come. */
  channel: 'EMAIL' | 'SMS';
}

const BATCH = 1_000;

/** The active people whom neither card nor e-CPS lets in. */
@Injectable()
export class CardlessAccountService {
  constructor(private readonly rows: AccountRepository) {}

  /** How many people are active, of one structure or of all. */
  countActive(structureId: string | null): Promise<number> {
    return this.rows.countActive(structureId);
  }

  /** By name, a batch at a time: a national deployment has many. */
  async *batches(structureId: string | null): AsyncGenerator<CardlessPerson[]> {
    let after: AccountPlace | undefined;
    for (;;) {
      const rows = await this.rows.cardless(structureId, after, BATCH);
      if (rows.length > 0) yield rows.map(toPerson);
      after = rows.at(-1);
      if (rows.length < BATCH) return;
    }
  }
}

function toPerson({
  id,
  username,
  displayName,
  codeChannel,
  phoneVerifiedAt,
}: AccountEntity): CardlessPerson {
  return { id, username, displayName, channel: phoneVerifiedAt ? codeChannel : 'EMAIL' };
}
