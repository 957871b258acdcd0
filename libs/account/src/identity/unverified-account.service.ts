import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { CardlessPerson } from '../cardless-account.service';
import { identityDueSince } from './identity.policy';
import { IdentityRepository } from './identity.repository';

/** How many they are, and the first of them by name. */
export interface UnverifiedPeople {
  count: number;
  first: CardlessPerson[];
}

/** An administrator reads no more names on a page; the list of accounts has them all. */
const MOST_NAMES = 100;

/** Whom a structure's rule on identities would keep out: active, not verified, and without the means that verifies. */
@Injectable()
export class UnverifiedAccountService {
  constructor(
    private readonly rows: IdentityRepository,
    private readonly clock: Clock,
  ) {}

  /** As they will stand at `from`, or stand now where that is past or null. */
  async of(structureId: string, from: Date | null): Promise<UnverifiedPeople> {
    const now = this.clock.now();
    const dueSince = identityDueSince(from && from > now ? from : now);
    const [rows, count] = await this.rows.unproven(structureId, dueSince, MOST_NAMES);
    return { count, first: rows.map(({ id, username, displayName }) => ({ id, username, displayName })) };
  }
}
