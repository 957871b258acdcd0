import { Injectable } from '@nestjs/common';
import {
  addMilliseconds,
  Clock,
  DAY,
  issueToken,
  nameKey,
  parseToken,
  Random,
  secretMatches,
} from '@portillon/kernel';
import { optimisticRetry } from '@portillon/persistence';
import { EntityManager, IsNull, LessThan } from 'typeorm';
import { requireValidChanges } from '../account/account-fields.policy';
import { AccountRepository } from '../account/account.repository';
import type { AccountEntity } from '../account/account.entity';
import type { AccountProfile } from '../account/account.types';
import { toProfile } from '../account/account.view';
import { MembershipService, requireValidMembership } from './membership.service';
import type { MembershipProposal, NewProposal } from './membership.types';
import { overAt, ProposalRepository, waitingAt } from './proposal.repository';
import type { MembershipProposalEntity, ProposalKey, ProposalRow } from './proposal.repository';

/** How long a proposal waits for an answer. */
export const PROPOSAL_MS = 30 * DAY;
/** A repeated proposal sends no second mail before. */
const MAIL_AGAIN_MS = DAY;
/** Proposals of one structure or of one person in a list; limits on proposing keep them below. */
const LISTED = 500;
/** Accounts that may share a mailbox. */
const SHARERS = 20;
const RPPS = /^\d{11}$/;

type Identified = Pick<AccountProfile, 'nationalId' | 'email'>;
type ProposedPerson = Identified & Pick<AccountProfile, 'id' | 'status' | 'memberships'>;

/**
 * Memberships that structures offer to people. A proposal is matched with an account when it is answered, by the
 * national id or by the mail address; no answer to the structure shows whether there is an account.
 */
@Injectable()
export class ProposalService {
  constructor(
    private readonly rows: ProposalRepository,
    private readonly accounts: AccountRepository,
    private readonly memberships: MembershipService,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Offers a membership. A repeated offer renews the one that waits, and its terms replace the former ones.
   *
   * @throws AppError `validation.failed` for an invalid field
   */
  async propose(wanted: NewProposal, tx: EntityManager): Promise<MembershipProposal> {
    const row = this.#newRow(wanted);
    const { structureId, identifierKind, identifier, proposedAt: now } = row;
    const key = { structureId, identifierKind, identifier };
    await optimisticRetry(
      async () => (await this.#write(key, row, tx)) || undefined,
      'proposals of a person',
    );
    await this.rows.change(
      { ...key, mailedAt: LessThan(addMilliseconds(now, -MAIL_AGAIN_MS)) },
      { mailedAt: null },
      tx,
    );
    return toProposal((await this.rows.findAny([key], 1, tx))[0]!);
  }

  /** Proposals of a structure that wait, the latest first. Those that the person refused wait too. */
  async list(structureId: string, tx?: EntityManager): Promise<MembershipProposal[]> {
    const found = await this.rows.findAny([{ ...waitingAt(this.clock.now()), structureId }], LISTED, tx);
    return found.map(toProposal);
  }

  /** Proposals of a structure that wait, of one person in its directory. */
  async findByExternalId(externalId: string, structureId: string): Promise<MembershipProposal[]> {
    const guard = { ...waitingAt(this.clock.now()), structureId, externalId };
    return (await this.rows.findAny([guard], LISTED)).map(toProposal);
  }

  /** A proposal that waits. */
  async find(id: string, tx?: EntityManager): Promise<MembershipProposal | undefined> {
    const [row] = await this.rows.findAny([{ ...waitingAt(this.clock.now()), id }], 1, tx);
    return row && toProposal(row);
  }

  /** Withdraws a proposal of this structure. Returns whether it still waited. */
  withdraw(id: string, structureId: string, tx: EntityManager): Promise<boolean> {
    const now = this.clock.now();
    return this.rows.change({ ...waitingAt(now), id, structureId }, { closedAt: now }, tx);
  }

  /** Proposals that this person may answer: of structures where they have no open membership. */
  async findFor(account: ProposedPerson, tx?: EntityManager): Promise<MembershipProposal[]> {
    return (await this.#answerable(account, {}, tx)).map(toProposal);
  }

  /**
   * Opens the membership of a proposal that this person may answer, and closes the proposal. Locks the account's row.
   * Returns the proposal to one of several concurrent callers.
   */
  async confirm(id: string, accountId: string, tx: EntityManager): Promise<MembershipProposal | undefined> {
    const row = await this.#lockedAnswerable(id, accountId, tx);
    const now = this.clock.now();
    if (!row || !(await this.rows.change({ ...waitingAt(now), id }, { closedAt: now }, tx))) return undefined;
    const { structureId, roles, source, externalId, untilAt: until } = row;
    const place = { accountId, structureId, roles, source, externalId, until, function: row.function };
    return (await this.memberships.open(place, tx)) ? toProposal(row) : undefined;
  }

  /** Refuses a proposal that this person may answer. Its structure still sees it waiting. Returns it once. */
  async refuse(id: string, accountId: string, tx: EntityManager): Promise<MembershipProposal | undefined> {
    const row = await this.#lockedAnswerable(id, accountId, tx);
    const now = this.clock.now();
    const guard = { ...waitingAt(now), id, refusedAt: IsNull() };
    return row && (await this.rows.change(guard, { refusedAt: now }, tx)) ? toProposal(row) : undefined;
  }

  /** Proposals whose mail is due, at most `limit`. */
  async findUnmailed(limit: number): Promise<MembershipProposal[]> {
    const due = { ...waitingAt(this.clock.now()), mailedAt: IsNull() };
    return (await this.rows.findAny([due], limit)).map(toProposal);
  }

  /**
   * Issues the link of the mail of a proposal, which is then dealt with, whether there is an account or not. Returns the
   * token to one of several concurrent callers; it is stored nowhere.
   */
  async issueLink(id: string, tx: EntityManager): Promise<string | undefined> {
    const { value, secretDigest } = issueToken(this.random, id);
    const mailed = { mailedAt: this.clock.now(), secretDigest };
    return (await this.rows.change({ id, mailedAt: IsNull() }, mailed, tx)) ? value : undefined;
  }

  /** The proposal of a link, which stays valid, and its account. Any text is answered. */
  async findByLink(token: string): Promise<{ id: string; accountId: string } | undefined> {
    const parsed = parseToken(token);
    const [row] = parsed
      ? await this.rows.findAny([{ ...waitingAt(this.clock.now()), id: parsed.id }], 1)
      : [];
    if (!parsed || !row || !secretMatches(parsed.secret, row.secretDigest)) return undefined;
    const accountId = await this.findAccountOf(row.id);
    return accountId === undefined ? undefined : { id: row.id, accountId };
  }

  /** The account of the person whom a proposal means, if there is one that may answer it. */
  async findAccountOf(id: string, tx?: EntityManager): Promise<string | undefined> {
    const [row] = await this.rows.findAny([{ ...waitingAt(this.clock.now()), id }], 1, tx);
    const account = row && (await this.#bearer(row, tx));
    return account && (await this.#answerable(account, { id }, tx)).length > 0 ? account.id : undefined;
  }

  /** Everything that structures proposed to a person with these identifiers, for an export. */
  async findByIdentifiers(person: Identified): Promise<MembershipProposal[]> {
    return (await this.rows.findAny(keysOf(person), LISTED)).map(toProposal);
  }

  /** Deletes it, for an erasure. */
  deleteByIdentifiers(person: Identified, tx: EntityManager): Promise<void> {
    return this.rows.deleteByIdentifiers(keysOf(person), tx);
  }

  /** Deletes at most `batch` that expired. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.rows.deleteExpired(this.clock.now(), batch);
  }

  /** Renews the row of `key`, takes over one that is over, or inserts one. Returns false when another came first. */
  async #write(key: ProposalKey, row: ProposalRow, tx: EntityManager): Promise<boolean> {
    const { id, mailedAt, secretDigest, ...terms } = row;
    const now = row.proposedAt;
    if (await this.rows.change({ ...key, ...waitingAt(now) }, terms, tx)) return true;
    // A new id: a link to the former proposal opens nothing.
    for (const over of overAt(now))
      if (await this.rows.change({ ...key, ...over }, { ...terms, id }, tx)) return true;
    return this.rows.insert(row, tx);
  }

  async #lockedAnswerable(id: string, accountId: string, tx: EntityManager) {
    await this.accounts.lockForUpdate(accountId, {}, tx);
    const account = await this.#personOf(this.accounts.find({ id: accountId }, tx));
    return account && (await this.#answerable(account, { id }, tx))[0];
  }

  async #answerable(account: ProposedPerson, only: { id?: string }, tx?: EntityManager) {
    if (account.status === 'DEACTIVATED') return [];
    const waits = { ...waitingAt(this.clock.now()), ...only, refusedAt: IsNull() };
    const guards = keysOf(account).map((key) => ({ ...waits, ...key }));
    const found = await this.rows.findAny(guards, LISTED, tx);
    const wanted = found.filter(
      ({ structureId }) => !account.memberships.some(({ structure }) => structure.id === structureId),
    );
    const isByNationalId = ({ identifierKind }: ProposalKey) => identifierKind === 'nationalId';
    if (wanted.every(isByNationalId)) return wanted;
    const isAlone = (await this.#byMail(nameKey(account.email), tx))?.id === account.id;
    return isAlone ? wanted : wanted.filter(isByNationalId);
  }

  #bearer({ identifierKind, identifier }: ProposalKey, tx?: EntityManager) {
    const row =
      identifierKind === 'email'
        ? this.#byMail(identifier, tx)
        : this.accounts.find({ nationalId: identifier }, tx);
    return this.#personOf(row);
  }

  async #personOf(row: Promise<AccountEntity | null | undefined>): Promise<ProposedPerson | undefined> {
    const found = await row;
    return found ? toProfile(found, this.clock.now()) : undefined;
  }

  /** The one open account with this address: of several, none is known to be the person who is meant. */
  async #byMail(emailKey: string, tx?: EntityManager): Promise<AccountEntity | undefined> {
    const sharers = await this.accounts.findByEmailKey(emailKey, SHARERS, tx);
    const open = sharers.filter(({ status }) => status !== 'DEACTIVATED');
    return open.length === 1 && sharers.length < SHARERS ? open[0] : undefined;
  }

  #newRow({ structureId, roles, source, proposedBy, ...wanted }: NewProposal): ProposalRow {
    const { function: post = null, externalId = null, until = null } = wanted;
    const identified =
      'email' in wanted
        ? { email: wanted.email.trim() }
        : { nationalId: canonicalNationalId(wanted.nationalId) };
    requireValidChanges(identified);
    requireValidMembership({ roles, externalId, function: post });
    const now = this.clock.now();
    return {
      id: this.random.id(),
      structureId,
      ...keyOf(identified),
      roles,
      function: post,
      source,
      externalId,
      untilAt: until,
      proposedBy,
      proposedAt: now,
      expiresAt: addMilliseconds(now, PROPOSAL_MS),
      mailedAt: null,
      secretDigest: null,
      refusedAt: null,
      closedAt: null,
    };
  }
}

/** The RPPS number that a person reads from a card is the national id without its first digit. */
export function canonicalNationalId(typed: string): string {
  const digits = typed.replace(/\s/g, '');
  return RPPS.test(digits) ? `8${digits}` : digits;
}

function keyOf(identified: { email: string } | { nationalId: string }) {
  return 'email' in identified
    ? ({ identifierKind: 'email', identifier: nameKey(identified.email) } as const)
    : ({ identifierKind: 'nationalId', identifier: identified.nationalId } as const);
}

function keysOf({ nationalId, email }: Identified) {
  return [...(nationalId ? [keyOf({ nationalId })] : []), ...(email ? [keyOf({ email })] : [])];
}

function toProposal(row: MembershipProposalEntity): MembershipProposal {
  const { id, structureId, identifierKind, identifier, function: post, source, externalId } = row;
  return {
    id,
    structure: { id: structureId, name: row.structure?.name ?? structureId },
    identifierKind,
    identifier,
    roles: [...row.roles],
    function: post,
    source,
    externalId,
    until: row.untilAt,
    proposedBy: row.proposedBy,
    proposedAt: row.proposedAt,
    expiresAt: row.expiresAt,
  };
}
