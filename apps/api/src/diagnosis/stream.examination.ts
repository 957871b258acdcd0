import type { INestApplicationContext } from '@nestjs/common';
import { AuditStreamStateService } from '@portillon/audit';
import { MINUTE } from '@portillon/kernel';
import type { Settings } from '../settings/settings';
import { fine, Finding, NOT_SET, wrong } from './finding';

/** A sealed line is at the collector within seconds. */
const LATE_MS = 5 * MINUTE;

/** Whether the journal reaches its collector. */
export async function examineStream(
  app: INestApplicationContext,
  { auditStream }: Settings,
): Promise<Finding> {
  if (!auditStream) return fine('stream', NOT_SET);
  const waitingMs = await app.get(AuditStreamStateService).waitingMs();
  if (waitingMs <= LATE_MS) return fine('stream', 'the journal is at its collector');
  const since = `the journal has waited for its collector for ${Math.round(waitingMs / MINUTE)} minutes`;
  return wrong(
    'stream',
    since,
    'check AUDIT_STREAM, the collector, and what the log of the server says of it',
  );
}
