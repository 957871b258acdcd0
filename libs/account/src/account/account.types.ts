import type { Channel } from '@portillon/kernel';
import type { NameParts } from './account-name.policy';
import type { DirectoryEntryState, IdentityVerification } from '../identity/identity.types';
import type { ShownBranding, StructurePolicy } from '@portillon/structure';

export type AccountStatus = 'ACTIVE' | 'INVITED' | 'DEACTIVATED';
/** The languages in which people are written to. */
export const LOCALES = ['fr', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** The mobile number that the codes go to, and nothing else: no other feature may read it. */
export interface Phone {
  /** E.164. */
  number: string;
  /** When its owner proved it by a code; null while « Non validé ». */
  verifiedAt: Date | null;
}

/** One means that an administrator opened to this person for a while, whatever the structure asks. */
export interface EmergencyAccess {
  /** `password`: with a code by mail, though the structure wants Pro Santé Connect or SMS. */
  means: EmergencyMeans;
  until: Date;
}

export const EMERGENCY_MEANS = ['password', 'cpx'] as const;
export type EmergencyMeans = (typeof EMERGENCY_MEANS)[number];

/** A person who may sign in. */
export interface Account extends NameParts {
  id: string;
  username: string;
  email: string;
  displayName: string;
  locale: Locale;
  status: AccountStatus;
  roles: string[];
  structure: { id: string; name: string } | null;
  phone: Phone | null;
  /** The key that the number is sealed by, when this ring lacks it: there is a number, which cannot be read here. */
  phoneKeyMissing?: string;
  codeChannel: Channel;
  /** idNat_PS, such as `899700366240`: how a card or Pro Santé Connect names the person. */
  nationalId: string | null;
  /** How the structure's own directory names the person; null: it does not. */
  externalId: string | null;
  /** PHC string; null until the person chose a password. */
  passwordDigest: string | null;
  passwordChangedAt: Date | null;
  /** When the person last proved who they are. */
  lastSignedInAt: Date | null;
  createdAt: Date;
  /** When it last changed; when it was created, where no change is recorded. */
  changedAt: Date;
  /** When its directory deleted it (SCIM); null: it did not, or the account was opened again since. */
  removedAt: Date | null;
  /** What the structure asks beyond the deployment. */
  policy: StructurePolicy;
  /** What the structure is recognised by, where it gave something. */
  face?: ShownBranding | undefined;
  /** The latest that was opened and not closed: it may be over. */
  emergency: EmergencyAccess | null;
  /** When the person asked to be erased. */
  erasureRequestedAt: Date | null;
  /** Since when it is closed; null while it is open or erased, or was closed before this was noted. */
  closedAt: Date | null;
  /** When a closed account is erased, as announced to its holder; null while not scheduled. */
  erasureDueAt: Date | null;
  /** Until when the latest invitation is good; null while there was none. */
  invitedUntil: Date | null;
  /** When the person was last asked to add a strong means. */
  strongMeansPromptedAt: Date | null;
  /** When a role that administers was last given or taken away; null: not since this is noted. */
  administrationChangedAt: Date | null;
  /** When an administrator last changed the address, the identity or a factor. */
  accessChangedAt: Date | null;
  /** When it was last moved out of a structure with `fourEyes`; null: not since this is recorded. */
  fourEyesLeftAt: Date | null;
  /** Since when mails to `email` come back for good; null: none did, or one arrived since. */
  emailUnreachableSince: Date | null;
  /** How and when the identity of the person was verified last; null: it never was. */
  identity: IdentityVerification | null;
  /** The id of the administrator who recognised the person face to face. */
  identityVerifiedBy: string | null;
  /** What the national directory said of the national id; null: nothing so far. */
  directory: DirectoryEntryState | null;
  /** Grows by one with every change that a person or an administrator makes. */
  version: number;
}

/** Who a person is, as far as an application may learn it. */
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
>;

/** What a sign-in reads of an account, by whatever means. */
export type SignInAccount = AccountProfile &
  Pick<
    Account,
    | 'phone'
    | 'phoneKeyMissing'
    | 'codeChannel'
    | 'passwordDigest'
    | 'passwordChangedAt'
    | 'policy'
    | 'emergency'
    | 'emailUnreachableSince'
    | 'identity'
    | 'face'
    | 'version'
  >;

/** What an account starts with. */
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

/** A refusal names what another account holds already. */
export type AccountCreation =
  { status: 'created'; account: Account } | { status: 'username-taken' } | { status: 'national-id-taken' };

/**
 * What an administrator changes; what is left out stays. A display name that is left out follows the parts of the name
 * as long as it is made of them.
 */
export interface AccountChanges extends Partial<NameParts> {
  username?: string;
  email?: string;
  displayName?: string;
  locale?: Locale;
  roles?: readonly string[];
  structureId?: string | null;
  externalId?: string | null;
  /** Its directory has it again. */
  removedAt?: null;
}

/** `moved`: the account was changed since that version was read, and nothing was overwritten. */
export type AccountEdit = { status: 'edited' | 'moved' | 'missing' | 'username-taken' };
