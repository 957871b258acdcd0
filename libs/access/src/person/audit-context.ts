import type { AuditEvent, AuditFacts, AuditVerdict } from '@portillon/audit';
import type { Client } from '@portillon/http';
import type { Session } from '@portillon/session';

interface Person {
  id: string;
  structure: { id: string } | null;
}

/** An entry without the who and the whence. */
export type AuditedAct = AuditVerdict &
  Omit<AuditFacts, 'accountId' | 'structureId' | 'address' | 'device' | 'requestId'>;

/** The who and the whence of an entry of the journal. */
export function audited(client: Client, person: Person | undefined, event: AuditedAct): AuditEvent {
  return {
    ...event,
    accountId: person?.id ?? null,
    structureId: person?.structure?.id ?? null,
    address: client.address,
    device: client.userAgent,
    requestId: client.requestId,
  };
}

/** The account holder of a session or of a sign-in in progress, for the journal. */
export function personOf({ accountId, principal }: Pick<Session, 'accountId' | 'principal'>) {
  return { id: accountId, structure: principal.structure };
}
