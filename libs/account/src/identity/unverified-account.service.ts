import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { CardlessPerson } from '../cardless-account.service';
import { identityDueSince } from './identity.policy';
import { IdentityRepository } from './identity.repository';

/** Their number, and the first of them by name. */
export interface UnverifiedPeople {
  count: number;
  first: CardlessPerson[];
}

/** Maximum number of names on a page; the list of accounts has them all. */
const MOST_NAMES = 100;

/** People whom a structure's rule on identities would refuse: active, not verified, and without a means that verifies. */
@Injectable()
export class UnverifiedAccountService {
  constructor(
    private readonly rows: IdentityRepository,
    private readonly clock: Clock,
  ) {}

  /** Returns their state at `from`, or the current state when `from` is past or null. */
  async of(structureId: string, from: Date | null): Promise<UnverifiedPeople> {
    const now = this.clock.now();
    const dueSince = identityDueSince(from && from > now ? from : now);
    const [rows, count] = await this.rows.unproven(structureId, dueSince, MOST_NAMES);
    return { count, first: rows.map(({ id, username, displayName }) => ({ id, username, displayName })) };
  }
}
