import type { ShownBranding, StructurePolicy } from '@portillon/structure';

/** What opened it. */
export type MembershipSource = 'console' | 'scim' | 'import' | 'configuration' | 'annuaire';

/** An open membership, as applications and sessions know it. */
export interface Membership {
  structure: { id: string; name: string; finess: string | null; kind?: 'grouping' };
  /** Roles in this structure; a national role belongs to the account. */
  roles: string[];
  /** What the person does there, in free text. */
  function: string | null;
  /** Whether this structure manages the account. */
  manages: boolean;
}

/** An open membership, with what its structure asks of a sign-in. */
export interface RuledMembership extends Membership {
  policy: StructurePolicy;
  branding: ShownBranding | undefined;
}

/** Any membership, ended ones included, as administrators see it. */
export interface MembershipRecord {
  accountId: string;
  /** The name is the id of a structure that does not exist here. */
  structure: { id: string; name: string };
  roles: string[];
  function: string | null;
  source: MembershipSource;
  externalId: string | null;
  since: Date;
  until: Date | null;
  endedAt: Date | null;
  version: number;
}

/** Data of a new membership. */
export interface NewMembership {
  accountId: string;
  structureId: string;
  roles: readonly string[];
  source: MembershipSource;
  function?: string | null;
  externalId?: string | null;
  until?: Date | null;
}

/** Changes of a membership; omitted fields stay. */
export type MembershipChanges = Partial<Pick<NewMembership, 'roles' | 'function' | 'externalId' | 'until'>>;

export type IdentifierKind = 'nationalId' | 'email';

/** A membership that a structure offers to a person, who may have an account or not. */
export interface NewProposalTerms extends Omit<NewMembership, 'accountId'> {
  /** Account of the administrator, or the application; null: a command. */
  proposedBy: string | null;
}
export type NewProposal = NewProposalTerms & ({ nationalId: string } | { email: string });

/** A membership that a structure has offered and that the person has not confirmed. */
export interface MembershipProposal extends Omit<
  MembershipRecord,
  'accountId' | 'since' | 'endedAt' | 'version'
> {
  id: string;
  identifierKind: IdentifierKind;
  /** The national id, or the mail address as accounts compare it. */
  identifier: string;
  proposedBy: string | null;
  proposedAt: Date;
  expiresAt: Date;
}
