import { audited } from '@portillon/access';
import type { AuditedAct } from '@portillon/access';
import type { Account } from '@portillon/account';
import type { AuditEvent } from '@portillon/audit';
import type { Client } from '@portillon/http';

/** The actor of an export or erasure, the client and the reason. */
export interface ActCause extends Pick<AuditedAct, 'actorId' | 'data'> {
  reason?: string;
  /** Absent: a job or the command line. */
  client?: Client;
}

/** The entry of the journal for an act on an account. */
export function entryOf(
  name: AuditedAct['name'],
  account: Pick<Account, 'id' | 'structure'>,
  { client, ...cause }: ActCause = {},
): AuditEvent {
  const event = { name, outcome: 'SUCCESS', ...cause } as const;
  if (client) return audited(client, account, event);
  return { ...event, accountId: account.id, structureId: account.structure?.id ?? null };
}
