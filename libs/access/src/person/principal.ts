import { rolesUnder } from '@portillon/account';
import type { RuledMembership, SignInAccount } from '@portillon/account';
import type { AuditEvent, AuditFacts, AuditVerdict } from '@portillon/audit';
import type { Client } from '@portillon/http';
import type { CodeLimit, Device, Principal, Session } from '@portillon/session';

/**
 * The account data that a session stores, so that a guarded route reads a single row. In use is the structure
 * `chosenId`, else the one that the person chose last, else the one that manages the account.
 */
export function principalOf(account: SignInAccount, codeLimit?: CodeLimit, chosenId?: string): Principal {
  const at = (id: string | null | undefined) =>
    account.memberships.find(({ structure }) => structure.id === id);
  const chosen = at(chosenId);
  return principalAt(account, chosen ?? at(account.lastStructureId) ?? account.memberships[0], {
    ...(codeLimit && { codeLimit }),
    ...(chosen && { structureChosen: true }),
  });
}

/** {@link principalOf} for each structure that may be in use, the default one first. */
export function principalsOf(account: SignInAccount, codeLimit?: CodeLimit): Principal[] {
  const first = principalOf(account, codeLimit);
  const others = account.memberships.filter(({ structure }) => structure.id !== first.structure?.id);
  return [first, ...others.map((one) => principalAt(account, one, codeLimit && { codeLimit }))];
}

function principalAt(
  account: SignInAccount,
  inUse: RuledMembership | undefined,
  more: Pick<Principal, 'codeLimit' | 'structureChosen'> = {},
): Principal {
  const { id: accountId, username, displayName, memberships } = account;
  return {
    accountId,
    username,
    displayName,
    roles: rolesUnder(account, inUse),
    structure: inUse ? { id: inUse.structure.id, name: inUse.structure.name } : null,
    memberships: memberships.map(({ policy: _, branding: __, ...membership }) => membership),
    ...(inUse?.branding && { face: inUse.branding }),
    ...(inUse?.policy.sharedWorkstations && { sharedWorkstation: true }),
    ...more,
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
