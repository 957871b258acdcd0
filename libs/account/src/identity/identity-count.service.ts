import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { identityDueSince } from './identity.policy';
import { IdentityRepository } from './identity.repository';
import type { IdentityCount } from './identity.types';

/** Counts accounts by the state of their identity. */
@Injectable()
export class IdentityCountService {
  constructor(
    private readonly rows: IdentityRepository,
    private readonly clock: Clock,
  ) {}

  /** Counts for one structure, or for all with null. Reads the whole table: for a report, not for a page. */
  count(structureId: string | null, tx?: EntityManager): Promise<IdentityCount> {
    return this.rows.countIdentities(structureId, identityDueSince(this.clock.now()), tx);
  }
}
