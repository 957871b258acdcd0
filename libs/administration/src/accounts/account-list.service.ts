import { Injectable } from '@nestjs/common';
import {
  ACCOUNT_SORTS,
  AccountPage,
  AccountPageRequest,
  AccountSearchService,
  AccountService,
  StructurePolicy,
  StructureService,
} from '@portillon/account';
import { SignInPolicy } from '@portillon/access';
import { AccessRefusalService } from '../core/access-refusal.service';
import type { Administrator } from '../core/administrator.types';
import { queryChoice, queryLimit, queryText } from '../core/query';
import { reaches } from '../core/rights.policy';
import { AccountLockService } from './account-lock.service';
import { ACCOUNT_STATUS, LIST_SELECTIONS } from './account-view.dto';

type Selection = Pick<
  AccountPageRequest,
  'only' | 'among' | 'ofStructures' | 'notOfStructures' | 'apartFrom'
>;

/** A page of the accounts within an administrator's reach. */
@Injectable()
export class AccountListService {
  constructor(
    private readonly accounts: AccountService,
    private readonly search: AccountSearchService,
    private readonly refusals: AccessRefusalService,
    private readonly locks: AccountLockService,
    private readonly structures: StructureService,
    private readonly policy: SignInPolicy,
  ) {}

  /** @throws AppError `validation.failed`, `not-found` for a structure out of reach */
  async page(administrator: Administrator, query: Record<string, unknown>): Promise<AccountPage> {
    const page = await this.#asked(administrator, query);
    const text = queryText('q', query['q'])?.trim();
    return text && !page.sort
      ? this.search.find({ ...page, text })
      : this.accounts.list({ ...page, ...(text && { text }) });
  }

  /** How many accounts a first page is the beginning of; null where words are searched, or it is another page. */
  async total(administrator: Administrator, query: Record<string, unknown>): Promise<number | null> {
    const { cursor, ...page } = await this.#asked(administrator, query);
    return cursor || queryText('q', query['q'])?.trim() ? null : this.accounts.count(page);
  }

  async #selection(
    only: (typeof LIST_SELECTIONS)[number] | undefined,
    structureId: string | undefined,
  ): Promise<Selection> {
    if (only === 'LOCKED') return { among: await this.locks.all() };
    if (only === 'CAN_ENTER') {
      const notOfStructures = await this.#whose(structureId, (policy) => !this.policy.opensByCodes(policy));
      return { only, notOfStructures, apartFrom: await this.locks.all() };
    }
    if (only !== 'KEPT_OUT_BY_RULE' && only !== 'ONLY_BY_CARD') return { only };
    return {
      only,
      ofStructures: await this.#whose(structureId, (policy) => this.policy.closesCodes(policy)),
    };
  }

  /** Of all structures, or of this one alone, those whose rules are so; one without a date keeps the door open. */
  async #whose(
    structureId: string | undefined,
    isSo: (policy: StructurePolicy) => boolean,
  ): Promise<string[]> {
    const dated = await this.structures.dated();
    const within = dated.filter(({ id }) => structureId === undefined || id === structureId);
    return within.filter(({ policy }) => isSo(policy)).map(({ id }) => id);
  }

  async #asked(administrator: Administrator, query: Record<string, unknown>): Promise<AccountPageRequest> {
    const asked = queryText('structure', query['structure']);
    if (asked !== undefined && !reaches(administrator.scope, asked))
      return this.refusals.hide(administrator, { structure: asked });
    const structureId = administrator.scope.structureId ?? asked;
    return {
      structureId,
      status: queryChoice('status', query['status'], ACCOUNT_STATUS),
      ...(await this.#selection(queryChoice('only', query['only'], LIST_SELECTIONS), structureId)),
      sort: queryChoice('sort', query['sort'], ACCOUNT_SORTS),
      cursor: queryText('cursor', query['cursor']),
      limit: queryLimit(query['limit']),
    };
  }
}
