import type { INestApplicationContext } from '@nestjs/common';
import { AuditEvent, AuditService } from '@portillon/audit';
import type { EntityManager } from 'typeorm';

/** Records the action of a command in the journal. */
export function recordAct(
  app: INestApplicationContext,
  { data, ...event }: Omit<AuditEvent, 'outcome'>,
  tx?: EntityManager,
): Promise<void> {
  const act = { ...event, outcome: 'SUCCESS', data: { ...data, by: 'command-line' } } as const;
  return app.get(AuditService).record(act, tx);
}
