import { Injectable } from '@nestjs/common';
import { failureFinding, Finding, FindingSource, MINUTE, NOT_SET } from '@portillon/kernel';
import { ReportsDatabase } from '@portillon/persistence';
import { AuditStatisticsService } from './audit-statistics.service';

/** A replica normally has new rows within seconds. */
const LATE_MS = 5 * MINUTE;

/** Checks that reports can read the replica, and how old its data is. */
@Injectable()
export class ReplicaFindings implements FindingSource {
  readonly subject = 'replica';

  constructor(
    private readonly reports: ReportsDatabase,
    private readonly statistics: AuditStatisticsService,
  ) {}

  async find(): Promise<Finding> {
    if (!this.reports.isReplica) return NOT_SET;
    try {
      const lagMs = await this.statistics.lagMs();
      if (lagMs <= LATE_MS) return { state: 'well', text: 'answers, and is up to date' };
      const text = `its reports are ${Math.round(lagMs / MINUTE)} minutes old`;
      return { state: 'failing', text, advice: 'see SHOW REPLICA STATUS there' };
    } catch (error) {
      return failureFinding(error, 'DATABASE_REPLICA_URL');
    }
  }
}
