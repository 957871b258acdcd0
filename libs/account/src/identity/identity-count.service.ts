import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { identityDueSince } from './identity.policy';
import { IdentityRepository } from './identity.repository';
import type { IdentityCount } from './identity.types';

/** Of how many people the identity is proven. */
@Injectable()
export class IdentityCountService {
  constructor(
    private readonly rows: IdentityRepository,
    private readonly clock: Clock,
  ) {}

  /** Of one structure, or of all where it is null. Reads the whole table: for a report, not for a page that is waited for. */
  count(structureId: string | null, tx?: EntityManager): Promise<IdentityCount> {
    return this.rows.countIdentities(structureId, identityDueSince(this.clock.now()), tx);
  }
}
