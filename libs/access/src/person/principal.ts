import type { SignInAccount } from '@portillon/account';
import type { AuditEvent, AuditFacts, AuditVerdict } from '@portillon/audit';
import type { Client } from '@portillon/http';
import type { CodeLimit, Device, Principal, Session } from '@portillon/session';

/** The account data that a session stores, so that a guarded route reads a single row. */
export function principalOf(account: SignInAccount, codeLimit?: CodeLimit): Principal {
  return {
    accountId: account.id,
    username: account.username,
    displayName: account.displayName,
    roles: account.roles,
    structure: account.structure && { id: account.structure.id, name: account.structure.name },
    ...(account.branding && { face: account.branding }),
    ...(codeLimit && { codeLimit }),
    ...(account.policy.sharedWorkstations && { sharedWorkstation: true }),
  };
}

export function deviceOf(client: Client): Device {
  return { userAgent: client.userAgent, address: client.address };
}

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
export function holderOf({ accountId, principal }: Pick<Session, 'accountId' | 'principal'>) {
  return { id: accountId, structure: principal.structure };
}
