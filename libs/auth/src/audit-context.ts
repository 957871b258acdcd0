import type { AuditEvent } from '@portillon/audit';
import type { Account } from '@portillon/account';
import type { Client } from '@portillon/http';

type Person = Pick<Account, 'id' | 'structure'>;

/** The who and the whence of an entry of the journal. */
export function audited(
  client: Client,
  person: Person | undefined,
  event: Omit<AuditEvent, 'accountId' | 'structureId' | 'address' | 'device' | 'requestId'>,
): AuditEvent {
  return {
    ...event,
    accountId: person?.id ?? null,
    structureId: person?.structure?.id ?? null,
    address: client.address,
    device: client.userAgent,
    requestId: client.requestId,
  };
}
