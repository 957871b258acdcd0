import type { INestApplicationContext } from '@nestjs/common';
import { AuditStatisticsService } from '@portillon/audit';
import { MINUTE } from '@portillon/kernel';
import type { Settings } from '../settings/settings';
import { failureParts, REPLICA } from './failure-text';
import { fine, Finding, NOT_SET, wrong } from './finding';

/** What is written is at a replica within seconds. */
const LATE_MS = 5 * MINUTE;

/** Whether reports can be read from the replica, and how old they are. */
export async function examineReplica(app: INestApplicationContext, { database }: Settings): Promise<Finding> {
  if (!database.replicaUrl) return fine('replica', NOT_SET);
  try {
    const lagMs = await app.get(AuditStatisticsService).lagMs();
    if (lagMs <= LATE_MS) return fine('replica', 'answers, and has what reports count');
    const minutes = Math.round(lagMs / MINUTE);
    return wrong('replica', `its reports are ${minutes} minutes old`, 'see SHOW REPLICA STATUS there');
  } catch (error) {
    return wrong('replica', ...failureParts(error, REPLICA));
  }
}
