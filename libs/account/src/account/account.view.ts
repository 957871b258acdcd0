import { reachesMail } from '@portillon/kernel';
import { shownBranding, strictestOf, toPolicy } from '@portillon/structure';
import type { Membership, RuledMembership } from '../membership/membership.types';
import type { AccountEntity } from './account.entity';
import type { Account, AccountProfile, SignInAccount } from './account.types';
import { structureRoles } from './account-fields.policy';
import { readVoid } from './account.columns';
import type { PlacedRow, ProfileRow, ProfileStructure, SignInRow } from './account.columns';
import type { PhoneSealService } from '../phones/phone-seal.service';

/** Converts a row that was read with its structure and its memberships. */
export function toAccount(row: AccountEntity, phones: PhoneSealService, now: Date): Account {
  return {
    ...toSignInAccount(row, phones, now),
    externalId: row.externalId,
    lastSignedInAt: row.lastSignedInAt,
    createdAt: row.createdAt,
    changedAt: row.changedAt ?? row.createdAt,
    removedAt: row.removedAt,
    erasureRequestedAt: row.erasureRequestedAt,
    closedAt: row.closedAt,
    erasureDueAt: row.erasureDueAt,
    invitedUntil: row.invitedUntilAt,
    strongMeansPromptedAt: row.strongMeansPromptedAt,
    administrationChangedAt: row.administrationChangedAt,
    accessChangedAt: row.accessChangedAt,
    fourEyesLeftAt: row.fourEyesLeftAt,
    reportMailbox: row.reportMailbox,
    identityVerifiedBy: row.identityVerifiedBy,
    directory: readDirectory(row),
  };
}

/** Converts a row with {@link SIGN_IN_COLUMNS}. */
export function toSignInAccount(row: SignInRow, phones: PhoneSealService, now: Date): SignInAccount {
  const number = readPhone(row, phones);
  const memberships = ruledMemberships(row, now);
  return {
    ...toProfile(row, now),
    memberships,
    lastStructureId: row.lastStructureId,
    ...strictestOf(memberships),
    branding: row.structure ? shownBranding(row.structure) : undefined,
    passwordDigest: row.passwordDigest,
    passwordChangedAt: row.passwordChangedAt,
    passwordVoid: readVoid(row),
    reportedEventAt: row.reportedEventAt,
    version: row.version,
    emailUnreachableSince: row.emailUnreachableAt,
    emergency: readEmergency(row),
    identity: readIdentity(row),
    ...number,
    codeChannel: number.phone?.verifiedAt || reachesMail(row.codeChannel) ? row.codeChannel : 'EMAIL',
  };
}

/** Converts a row with {@link PROFILE_COLUMNS}. */
export function toProfile(row: ProfileRow, now: Date): AccountProfile {
  const { structure } = row;
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    displayName: row.displayName,
    givenName: row.givenName,
    familyName: row.familyName,
    locale: row.locale,
    status: row.status,
    nationalId: row.nationalId,
    roles: [...row.roles],
    structure: structure ? { id: structure.id, name: structure.name } : null,
    memberships: placesOf(row, now).map(toMembership),
  };
}

type Place<Structure> = Pick<Membership, 'roles' | 'function' | 'manages'> & { structure: Structure };

/** The open memberships, that of the managing structure first, by name otherwise. */
function placesOf<Structure extends { id: string; name: string }>(
  { structureId, structure, roles, memberships = [] }: PlacedRow<Structure>,
  now: Date,
): Place<Structure>[] {
  const open = memberships.filter(({ untilAt }) => untilAt === null || untilAt > now);
  const own = open.find((one) => one.structureId === structureId);
  const managing = structure && {
    structure,
    roles: structureRoles(roles),
    function: own?.function ?? null,
    manages: true,
  };
  const others = open.flatMap(({ structure: place, roles: held, function: post }) =>
    place && place.id !== structureId
      ? [{ structure: place, roles: [...held], function: post, manages: false }]
      : [],
  );
  others.sort((one, other) => one.structure.name.localeCompare(other.structure.name, 'fr'));
  return [...(managing ? [managing] : []), ...others];
}

function toMembership({
  structure: { id, name, finess, kind },
  ...place
}: Place<ProfileStructure>): Membership {
  return { ...place, structure: { id, name, finess, ...(kind === 'grouping' && { kind }) } };
}

function ruledMemberships(row: SignInRow, now: Date): RuledMembership[] {
  return placesOf(row, now).map((place) => ({
    ...toMembership(place),
    policy: toPolicy(place.structure),
    branding: shownBranding(place.structure),
  }));
}

function readPhone(row: SignInRow, phones: PhoneSealService): Pick<Account, 'phone' | 'phoneKeyMissing'> {
  const opened = row.phoneSealed ? phones.open(row.id, row.phoneSealed) : undefined;
  if (opened?.status === 'missing-key') return { phone: null, phoneKeyMissing: opened.keyId };
  return {
    phone: opened?.status === 'read' ? { number: opened.number, verifiedAt: row.phoneVerifiedAt } : null,
  };
}

function readEmergency({ emergencyMeans, emergencyUntilAt }: SignInRow): Account['emergency'] {
  return emergencyMeans && emergencyUntilAt ? { means: emergencyMeans, until: emergencyUntilAt } : null;
}

function readIdentity({ identityMethod, identityVerifiedAt }: SignInRow): Account['identity'] {
  return identityMethod && identityVerifiedAt ? { method: identityMethod, at: identityVerifiedAt } : null;
}

function readDirectory({ directoryState, directoryLookedUpAt }: AccountEntity): Account['directory'] {
  return directoryState && directoryLookedUpAt ? { state: directoryState, at: directoryLookedUpAt } : null;
}
