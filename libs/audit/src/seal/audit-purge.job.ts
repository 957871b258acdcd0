import { Injectable } from '@nestjs/common';
import { Clock, addMilliseconds } from '@portillon/kernel';
import { PurgeJob } from '@portillon/persistence';
import { AuditPolicy } from '../audit.policy';
import { AuditSealService } from './audit-seal.service';

/** Deletes lines of the journal after their retention; their seals stay. */
@Injectable()
export class AuditPurgeJob extends PurgeJob {
  constructor(seals: AuditSealService, clock: Clock, policy: AuditPolicy) {
    super({
      journal: { purge: (batch) => seals.purge(addMilliseconds(clock.now(), -policy.keptMs), batch) },
    });
  }
}
