import type { Channel, Locale } from '@portillon/kernel';
import type { RuledStructure, ShownBranding, StructurePolicy } from '@portillon/structure';
import type { Membership, RuledMembership } from '../membership/membership.types';
import type { DirectoryEntryState, IdentityVerification } from '../identity/identity.policy';

export type AccountStatus = 'ACTIVE' | 'INVITED' | 'DEACTIVATED';
/** Languages of messages and pages. */
export const LOCALES = ['fr', 'en'] as const satisfies Locale[];

/** The mobile number for codes; no other feature may read it. */
export interface Phone {
  /** E.164. */
  number: string;
  /** When its owner proved it by a code; null: not proved. */
  verifiedAt: Date | null;
}

/** A means that an administrator opened for this person temporarily, whatever the structure requires. */
export interface EmergencyAccess {
  /** `password`: with a code by mail, even if the structure requires Pro Santé Connect or SMS. */
  means: EmergencyMeans;
  until: Date;
}

export const EMERGENCY_MEANS = ['password', 'cpx'] as const;
export type EmergencyMeans = (typeof EMERGENCY_MEANS)[number];

/** A password that opens nothing until its holder chooses another by a link. */
export interface VoidPassword {
  /**
   * They reported an event, an incident was answered, the account was closed and reopened, or it moved in from another
   * product and was not used in time.
   */
  reason: 'reported' | 'incident' | 'closing' | 'moved';
  since: Date;
}

/** A person who may sign in. */
export interface Account extends NameParts {
  id: string;
  username: string;
  email: string;
  displayName: string;
  locale: Locale;
  status: AccountStatus;
  roles: string[];
  /** The structure that manages the account; null: the nation does. */
  structure: { id: string; name: string } | null;
  /** The open ones, that of the managing structure first. */
  memberships: readonly RuledMembership[];
  phone: Phone | null;
  /** Key of the encrypted number, if this ring lacks it: the account has a number that cannot be read here. */
  phoneKeyMissing?: string;
  codeChannel: Channel;
  /** idNat_PS, such as `899700366240`: identifies the person on a card and in Pro Santé Connect. */
  nationalId: string | null;
  /** Id of the person in the structure's own directory; null: none. */
  externalId: string | null;
  /** PHC string; null until the person chose a password. */
  passwordDigest: string | null;
  passwordChangedAt: Date | null;
  /** Null: the password is not void, or none was chosen. */
  passwordVoid: VoidPassword | null;
  /** Time of the last sign-in. */
  lastSignedInAt: Date | null;
  createdAt: Date;
  /** Time of the last change; of the creation, where no change is recorded. */
  changedAt: Date;
  /** When its directory deleted it (SCIM); null: it did not, or the account was reopened since. */
  removedAt: Date | null;
  /** The structure in use that the person chose last, of several; null: none yet. */
  lastStructureId: string | null;
  /** Requirements of the structures beyond those of the deployment: the strictest of each. */
  policy: StructurePolicy;
  /** The structure whose requirement it is, of each that is not the deployment's. */
  ruledBy: RuledStructure;
  /** Branding of the structure that manages the account, if any. */
  branding?: ShownBranding | undefined;
  /** The latest emergency access that was not closed; it may have expired. */
  emergency: EmergencyAccess | null;
  /** When the person requested erasure. */
  erasureRequestedAt: Date | null;
  /** When it was closed; null while it is open or erased, or if it was closed before this was recorded. */
  closedAt: Date | null;
  /** When a closed account is erased, as announced to its holder; null while not scheduled. */
  erasureDueAt: Date | null;
  /** Expiry of the latest invitation; null while there was none. */
  invitedUntil: Date | null;
  /** When the person was last asked to add a strong means. */
  strongMeansPromptedAt: Date | null;
  /** When a privileged role was last granted or removed; null: not since this is recorded. */
  administrationChangedAt: Date | null;
  /** When an administrator, or a report of the holder, last changed the address, the identity or a factor. */
  accessChangedAt: Date | null;
  /** When it last left a structure with `fourEyes`; null: not since this is recorded. */
  fourEyesLeftAt: Date | null;
  /** When the event took place that the holder reported as not theirs; null: no open report. */
  reportedEventAt: Date | null;
  /** While a report of a former release is open: the address that alone receives links to a new password. */
  reportMailbox: string | null;
  /** Since when mails to `email` bounce; null: none did, or one arrived since. */
  emailUnreachableSince: Date | null;
  /** How and when the person's identity was last verified; null: never. */
  identity: IdentityVerification | null;
  /** Id of the administrator who verified the person's identity face to face. */
  identityVerifiedBy: string | null;
  /** The national directory's last answer about the national id; null: none. */
  directory: DirectoryEntryState | null;
  /** Incremented by every change that a person or an administrator makes. */
  version: number;
}

/** Profile of a person that an application may receive. */
export type AccountProfile = Pick<
  Account,
  | 'id'
  | 'username'
  | 'email'
  | 'displayName'
  | keyof NameParts
  | 'locale'
  | 'status'
  | 'roles'
  | 'structure'
  | 'nationalId'
> & { memberships: readonly Membership[] };

/** Data of an account for a sign-in by any means. */
export type SignInAccount = Omit<AccountProfile, 'memberships'> &
  Pick<
    Account,
    | 'memberships'
    | 'phone'
    | 'phoneKeyMissing'
    | 'codeChannel'
    | 'passwordDigest'
    | 'passwordChangedAt'
    | 'passwordVoid'
    | 'reportedEventAt'
    | 'lastStructureId'
    | 'policy'
    | 'ruledBy'
    | 'branding'
    | 'emergency'
    | 'emailUnreachableSince'
    | 'identity'
    | 'version'
  >;

/** Data of a new account. */
export interface AccountDraft extends Partial<NameParts> {
  username: string;
  email: string;
  displayName: string;
  locale?: Locale;
  status?: AccountStatus;
  roles?: readonly string[];
  structureId?: string | null;
  nationalId?: string | null;
  externalId?: string | null;
  passwordDigest?: string | null;
}

/** Result of a creation; a refusal names the value that another account has. */
export type AccountCreation =
  { status: 'created'; account: Account } | { status: 'username-taken' } | { status: 'national-id-taken' };

/**
 * Changes of an administrator; omitted fields stay. An omitted display name follows the parts of the name as long as
 * it is made of them.
 */
export interface AccountChanges extends Partial<NameParts> {
  username?: string;
  email?: string;
  displayName?: string;
  locale?: Locale;
  roles?: readonly string[];
  structureId?: string | null;
  externalId?: string | null;
  /** The directory restores the account. */
  removedAt?: null;
}

/** `moved`: the account was changed since that version was read; nothing was written. */
export type AccountEdit = { status: 'edited' | 'moved' | 'missing' | 'username-taken' };

/** Ground of an erasure; the statement that erases checks it again on the account's row. */
export type ErasureGround =
  /** Request of the signed-in person. */
  | { is: 'asked' }
  /** The account has been closed long enough: the erasure date announced to its holder has come. */
  | { is: 'kept-long-enough'; erasureDueAt: Date }
  /** Command of the operator, for the account in this version. */
  | { is: 'ordered'; version: number }
  /** Request of an administrator, which a second one confirmed in this version or which waited its 24 hours. */
  | { is: 'confirmed'; version: number; pendingId: string };

/** Parts of a person's name; null: not known. */
export interface NameParts {
  givenName: string | null;
  familyName: string | null;
}
