import type { Account } from '@portillon/account';
import { strictestOf } from '@portillon/structure';
import { isManagedWithin, placesWithin } from '@portillon/user-management';
import type { Scope } from '@portillon/user-management';

/**
 * An account as an administrator of this scope may see it. Of a person whom another structure manages: name, state and the
 * places within reach.
 */
export function shownWithin(scope: Scope, account: Account): Account {
  if (isManagedWithin(scope, account)) return account;
  const { id, displayName, givenName, familyName, locale, status, structure, createdAt, changedAt, version } =
    account;
  const memberships = placesWithin(scope, account);
  return {
    id,
    displayName,
    givenName,
    familyName,
    locale,
    status,
    structure,
    createdAt,
    changedAt,
    version,
    memberships,
    ...strictestOf(memberships),
    roles: [...new Set(memberships.flatMap(({ roles }) => roles))],
    username: '',
    email: '',
    phone: null,
    codeChannel: 'EMAIL',
    nationalId: null,
    externalId: null,
    passwordDigest: null,
    passwordChangedAt: null,
    passwordVoid: null,
    lastSignedInAt: null,
    removedAt: null,
    lastStructureId: null,
    emergency: null,
    erasureRequestedAt: null,
    closedAt: null,
    erasureDueAt: null,
    invitedUntil: null,
    strongMeansPromptedAt: null,
    administrationChangedAt: null,
    accessChangedAt: null,
    fourEyesLeftAt: null,
    reportedEventAt: null,
    reportMailbox: null,
    emailUnreachableSince: null,
    identity: null,
    identityVerifiedBy: null,
    directory: null,
  };
}

/** The account with the rules of the structures within reach alone, when another one manages it. */
export function judgedWithin(scope: Scope, account: Account): Account {
  if (isManagedWithin(scope, account)) return account;
  const memberships = placesWithin(scope, account);
  return { ...account, memberships, ...strictestOf(memberships) };
}
