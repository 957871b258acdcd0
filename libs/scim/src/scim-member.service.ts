import { Injectable } from '@nestjs/common';
import { Account, MembershipService, ProposalService } from '@portillon/account';
import type { MembershipRecord } from '@portillon/account';
import {
  AccountMembershipsService,
  accountTaken,
  MembershipProposalsService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { DirectoryFields, ScimPerson } from './scim-user';

/** The account that a new user of a directory has already, and the identifier that says so. */
export interface KnownPerson {
  account: Pick<Account, 'id' | 'structure'>;
  by: { nationalId: string } | { email: string };
}

/**
 * A directory's actions on the memberships of its structure: of people whom another structure manages it changes nothing
 * else.
 */
@Injectable()
export class ScimMemberService {
  constructor(
    private readonly memberships: MembershipService,
    private readonly waiting: ProposalService,
    private readonly places: AccountMembershipsService,
    private readonly proposals: MembershipProposalsService,
  ) {}

  /** These accounts, as the directory of this structure sees them, or that of the nation; others are left out. */
  async findPeople(structureId: string | undefined, accounts: readonly Account[]): Promise<ScimPerson[]> {
    const others = accounts.filter((account) => !isManagedBy(account, structureId)).map(({ id }) => id);
    const places =
      structureId === undefined
        ? new Map<string, MembershipRecord>()
        : await this.memberships.findOpenIn(structureId, others);
    return accounts.flatMap((account): ScimPerson[] => {
      if (isManagedBy(account, structureId)) return isPresent(account) ? [{ kind: 'managed', account }] : [];
      const place = places.get(account.id);
      return place ? [{ kind: 'member', account, place }] : [];
    });
  }

  /** People to whom this structure proposed a membership: by the id of the proposal, or by their external id. */
  async findProposed(
    structureId: string | undefined,
    { attribute, value }: { attribute: string; value: string },
  ): Promise<ScimPerson[]> {
    if (structureId === undefined || attribute === 'userName') return [];
    const found =
      attribute === 'id'
        ? [await this.waiting.find(value)]
        : await this.waiting.findByExternalId(value, structureId);
    return found.flatMap((proposal) =>
      proposal?.structure.id === structureId ? [{ kind: 'proposed', proposal }] : [],
    );
  }

  /**
   * Proposes a membership to a person who has an account elsewhere. A member whom no directory has named yet gets the
   * external id instead; then it returns nothing.
   *
   * @throws AppError `account.taken` for a person whom the structure or another external id has already, and for one who is
   * not active; `attempts.exceeded`, `validation.failed`
   */
  async attach(
    administrator: Administrator,
    structureId: string | undefined,
    { account, by }: KnownPerson,
    fields: DirectoryFields,
  ): Promise<ScimPerson | undefined> {
    const taken = accountTaken('nationalId' in by ? 'national-id-taken' : 'username-taken');
    if (structureId === undefined || isManagedBy(account, structureId) || !fields.active) throw taken;
    const { externalId, title = null } = fields;
    const place = (await this.memberships.findOpenIn(structureId, [account.id])).get(account.id);
    if (!place) {
      const terms = { ...by, externalId, function: title, source: 'scim' } as const;
      return { kind: 'proposed', proposal: await this.proposals.propose(administrator, structureId, terms) };
    }
    if (place.externalId !== null && place.externalId !== externalId) throw taken;
    await this.#change(administrator, place, fields);
    return undefined;
  }

  /**
   * Takes over what the directory says of the membership. An inactive person leaves the structure; a proposal is withdrawn. What
   * belongs to the account stays.
   */
  async update(
    administrator: Administrator,
    person: Exclude<ScimPerson, { kind: 'managed' }>,
    wanted: DirectoryFields,
  ): Promise<ScimPerson> {
    if (!wanted.active) {
      await this.delete(administrator, person);
      const { kind } = person;
      return kind === 'member'
        ? { ...person, account: { ...person.account, status: 'DEACTIVATED' } }
        : person;
    }
    if (person.kind === 'proposed') return person;
    return { ...person, place: await this.#change(administrator, person.place, wanted) };
  }

  /** Ends the membership, or withdraws the proposal. */
  async delete(
    administrator: Administrator,
    person: Exclude<ScimPerson, { kind: 'managed' }>,
  ): Promise<void> {
    if (person.kind === 'member')
      return this.places.end(administrator, person.account.id, person.place.structure.id);
    const { id, structure } = person.proposal;
    return this.proposals.withdraw(administrator, structure.id, id);
  }

  /** Sets the function of a person in the structure that manages the account. */
  async setTitle(administrator: Administrator, account: Account, title: string | null): Promise<Account> {
    const structureId = account.structure?.id;
    const place = structureId && (await this.memberships.find(account.id, structureId));
    if (!place || place.function === title) return account;
    await this.#change(administrator, place, { externalId: place.externalId, title });
    const memberships = account.memberships.map((one) => (one.manages ? { ...one, function: title } : one));
    return { ...account, memberships };
  }

  async #change(
    administrator: Administrator,
    place: MembershipRecord,
    { externalId, title = place.function }: Pick<DirectoryFields, 'externalId' | 'title'>,
  ): Promise<MembershipRecord> {
    const changes = {
      ...(externalId !== place.externalId && { externalId }),
      ...(title !== place.function && { function: title }),
    };
    if (Object.keys(changes).length === 0) return place;
    const { accountId, structure, version } = place;
    return this.places.change(administrator, accountId, structure.id, { changes, version });
  }
}

/** Whether this structure manages the account; `undefined`: the nation, whose directory reaches every one. */
export function isManagedBy(
  { structure }: Pick<Account, 'structure'>,
  structureId: string | undefined,
): boolean {
  return structureId === undefined || structure?.id === structureId;
}

/** Neither deleted by its directory nor erased. */
function isPresent({ removedAt, email }: Account): boolean {
  return removedAt === null && email !== '';
}
