import { Injectable } from '@nestjs/common';
import { Account, DirectoryChange, DirectoryChangeService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import {
  AccessRefusalService,
  AccountClosuresService,
  AccountEditsService,
  AccountLinksService,
  AccountMembershipsService,
  ActJournalService,
  AdministeredAccountService,
  isWithinReach,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { EntityManager } from 'typeorm';

type Decision = 'applied' | 'set-aside';
/** A change of a person. */
type PersonChange = DirectoryChange & { account: { id: string } };

/** What the national directory shows otherwise, for the administrators of a structure to apply or to set aside. */
@Injectable()
export class DirectoryDecisionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly changes: DirectoryChangeService,
    private readonly administered: AdministeredAccountService,
    private readonly closures: AccountClosuresService,
    private readonly memberships: AccountMembershipsService,
    private readonly edits: AccountEditsService,
    private readonly links: AccountLinksService,
    private readonly refusals: AccessRefusalService,
    private readonly journal: ActJournalService,
  ) {}

  /**
   * Applies the change, as the administrator would by hand: closes the account, ends the membership, changes the name or
   * the national id, which may wait for a second administrator.
   *
   * @throws AppError `not-found` alike for a change that is unknown, decided, or of another structure;
   * `account.state`, also for a closed structure; `account.taken`, `act.on-self`, `administrator.last`,
   * `precondition.failed`, `permission.denied`
   */
  async apply(administrator: Administrator, id: string, reason?: string): Promise<void> {
    const change = await this.#findOpen(administrator, id);
    if (!isOfPerson(change)) throw new AppError('account.state');
    const account = await this.#accountForAct(administrator, change);
    await this.transactions.run(async (tx) => {
      await this.#decide(administrator, change, 'applied', reason, tx);
      await this.#act(administrator, change, account, reason, tx);
    });
  }

  /** It is not proposed again, unless the directory shows something else. @throws AppError `not-found` as {@link apply} */
  async setAside(administrator: Administrator, id: string, reason: string): Promise<void> {
    const change = await this.#findOpen(administrator, id);
    await this.transactions.run((tx) => this.#decide(administrator, change, 'set-aside', reason, tx));
  }

  /** The journal says the same of an unknown change and of another structure's, because the caller may read it. */
  async #findOpen(administrator: Administrator, id: string): Promise<DirectoryChange> {
    const change = await this.changes.findOpen(id);
    if (change && isWithinReach(administrator.scope, change.structure.id)) return change;
    if (administrator.scope.structureIds === null) throw new AppError('not-found');
    return this.refusals.hide(administrator, { directoryChangeId: id.slice(0, 64) });
  }

  async #accountForAct(
    administrator: Administrator,
    { kind, account: { id }, structure }: PersonChange,
  ): Promise<Account> {
    if (kind === 'inactive' || kind === 'left')
      return this.administered.getMember(administrator, id, structure.id);
    const account = await this.administered.getForAct(administrator, id);
    if (account.structure?.id !== structure.id) throw new AppError('account.state');
    return account;
  }

  async #act(
    administrator: Administrator,
    { kind, structure: { id: structureId }, details }: PersonChange,
    account: Account,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    const { nationalId, ...names } = details;
    if (kind === 'renamed') return this.edits.rename(administrator, account, names, reason, tx);
    if (kind === 'replaced-id') return this.#replaceId(administrator, account, nationalId!, reason, tx);
    const manages = account.structure?.id === structureId;
    const isWithoutOther = account.memberships.length === 1;
    if (!manages || (kind === 'left' && !isWithoutOther))
      return this.memberships.endMembership(administrator, account, structureId, reason, tx);
    if (account.id === administrator.actor.id) throw new AppError('act.on-self');
    return this.closures.closeAccount(administrator, account, reason, tx);
  }

  /** The number that the directory read is the one that is replaced: an ADELI number. */
  #replaceId(
    administrator: Administrator,
    account: Account,
    nationalId: string,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    if (!account.nationalId?.startsWith('0')) throw new AppError('account.state');
    return this.links.replace(administrator, account, nationalId, reason, tx);
  }

  /** @throws AppError `not-found` when another administrator came first */
  async #decide(
    administrator: Administrator,
    change: DirectoryChange,
    decision: Decision,
    reason: string | undefined,
    tx: EntityManager,
  ): Promise<void> {
    const by = administrator.actor.id;
    if (!(await this.changes.decide(change.id, { decision, by, reason }, tx)))
      throw new AppError('not-found');
    const { account, structure, kind } = change;
    const name = decision === 'applied' ? 'directory_change_applied' : 'directory_change_set_aside';
    const act = { name, reason, data: { directoryChange: kind } } as const;
    await (account === null
      ? this.journal.recordOnStructure(administrator, structure.id, act, tx)
      : this.journal.recordOnAccount(administrator, { id: account.id, structure }, act, tx));
  }
}

function isOfPerson(change: DirectoryChange): change is PersonChange {
  return change.account !== null && change.kind !== 'closed-structure';
}
