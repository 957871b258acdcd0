import { Injectable } from '@nestjs/common';
import { MembershipChangeService } from '@portillon/access';
import {
  Account,
  AccountAdministrationService,
  AccountService,
  MembershipService,
  ProposalService,
} from '@portillon/account';
import type { MembershipProposal } from '@portillon/account';
import { AuditService, EventName } from '@portillon/audit';
import { maskEmail, nameKey } from '@portillon/kernel';
import { SecurityNoticeService } from '@portillon/security-notice';
import { isDeepStrictEqual } from 'node:util';
import type { Role } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';
import type { MembershipEntry } from './configuration.dto';
import { at, wrongEntry } from './configuration.errors';
import type { FieldChange } from './configuration.types';
import { StructureSectionService } from './structure-section.service';

const BY = 'command-line';

interface Place {
  roles: Role[];
  function: string | null;
}

/** The memberships of the file's administrators, beside that of the structure that manages the account. */
@Injectable()
export class ConfiguredMembershipsService {
  constructor(
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly memberships: MembershipService,
    private readonly proposals: ProposalService,
    private readonly changes: MembershipChangeService,
    private readonly structures: StructureSectionService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Gives an open membership the roles and the function of the file. Opens a new one of a new account; the holder of any
   * other account is asked. @throws AppError `validation.failed`
   */
  async apply(
    accountId: string,
    entries: readonly MembershipEntry[],
    isNew: boolean,
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    const changes: FieldChange[] = [];
    for (const [index, entry] of entries.entries())
      changes.push(...(await at(`memberships.${index}`, () => this.#apply(accountId, entry, isNew, tx))));
    if (changes.length > 0) await this.changes.refreshSessions(accountId, tx);
    return changes;
  }

  async export({ memberships }: Account): Promise<MembershipEntry[]> {
    const entries: MembershipEntry[] = [];
    for (const { structure, roles, function: post } of memberships.filter(({ manages }) => !manages)) {
      const text = (await this.structures.textOf(structure.id))!;
      entries.push({ structure: text, roles: roles as Role[], ...(post !== null && { function: post }) });
    }
    return entries;
  }

  async #apply(
    accountId: string,
    { structure: text, ...entry }: MembershipEntry,
    isNew: boolean,
    tx: EntityManager,
  ): Promise<FieldChange[]> {
    const [structure] = await this.structures.resolve('structure', [text], tx);
    const structureId = structure!.id;
    const account = (await this.accounts.get(accountId, tx))!;
    if (account.structure?.id === structureId) throw wrongEntry('structure', 'repeated');
    const place = account.memberships.find((one) => one.structure.id === structureId);
    const before = place ? { roles: place.roles, function: place.function } : null;
    const wanted = placeOf(entry, before);
    if (isDeepStrictEqual(before, wanted)) return [];
    if (before) await this.#change(account, structureId, wanted, before.roles, tx);
    else if (isNew) await this.#open(accountId, structureId, wanted, tx);
    else if (!(await this.#propose(account, structureId, wanted, tx))) return [];
    return [{ field: `memberships.${structure!.text}`, from: before, to: wanted }];
  }

  async #change(
    account: Account,
    structureId: string,
    place: Place,
    before: readonly string[],
    tx: EntityManager,
  ): Promise<void> {
    await this.memberships.change({ accountId: account.id, structureId }, place, undefined, tx);
    const fields = ['roles', 'function'] as const;
    await this.#record('membership_changed', account.id, structureId, { fields, roles: place.roles }, tx);
    if (isDeepStrictEqual(before, place.roles)) return;
    await this.administration.recordAdministrationChange(account.id, tx);
    await this.notices.notify('rights-changed', account, { by: 'administrator' }, tx);
  }

  async #open(accountId: string, structureId: string, place: Place, tx: EntityManager): Promise<void> {
    await this.memberships.open({ accountId, structureId, ...place, source: 'configuration' }, tx);
    await this.#record('membership_opened', accountId, structureId, { roles: place.roles }, tx);
  }

  /** As an administrator does: no line names the account. Returns false when the same proposal waits already. */
  async #propose({ email }: Account, structureId: string, place: Place, tx: EntityManager): Promise<boolean> {
    const waiting = await this.proposals.list(structureId, tx);
    const isSame = ({ identifier, roles, function: post }: MembershipProposal) =>
      identifier === nameKey(email) && isDeepStrictEqual({ roles, function: post }, place);
    if (waiting.some(isSame)) return false;
    const terms = { structureId, ...place, source: 'configuration', proposedBy: null } as const;
    await this.proposals.propose({ email, ...terms }, tx);
    const data = { identifier: maskEmail(email), roles: place.roles };
    await this.#record('membership_proposed', null, structureId, data, tx);
    return true;
  }

  #record(
    name: EventName,
    accountId: string | null,
    structureId: string,
    data: object,
    tx: EntityManager,
  ): Promise<void> {
    return this.audit.record(
      { name, outcome: 'SUCCESS', accountId, structureId, data: { ...data, by: BY } },
      tx,
    );
  }
}

/** A field that is left out stays, or has its default. */
function placeOf(
  { roles, function: post }: Omit<MembershipEntry, 'structure'>,
  before: { function: string | null } | null,
): Place {
  return { roles: roles ?? ['professional'], function: post ?? before?.function ?? null };
}
