import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import {
  Account,
  ACCOUNT_SORTS,
  AccountPage,
  AccountPageRequest,
  AccountSearchService,
  AccountService,
} from '@portillon/account';
import { StructureService } from '@portillon/structure';
import { memberOf, SignInPolicy } from '@portillon/access';
import {
  AccessRefusalService,
  AccountLocksService,
  ActJournalService,
  reaches,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { CSV_BEGINNING, csvLine, queryChoice, queryLimit, queryText } from '@portillon/http';
import { AccountWaysInService } from '../../ways-in/account-ways-in.service';
import { EXPORT_COLUMNS, EXPORT_FORMS, ExportForm } from './account-export.columns';
import { ACCOUNT_STATUS, LIST_SELECTIONS } from './account-view.dto';

type Selection = Pick<AccountPageRequest, 'only' | 'among' | 'ofStructures'>;

/** The most pages that are evaluated to find accounts that can enter. */
const JUDGED_PAGES = 10;

/** Accounts that an export reads at once. */
const EXPORT_PAGE = '100';

/** The accounts within an administrator's reach, as pages or as a file. */
@Injectable()
export class AccountListService {
  constructor(
    private readonly accounts: AccountService,
    private readonly search: AccountSearchService,
    private readonly refusals: AccessRefusalService,
    private readonly locks: AccountLocksService,
    private readonly structures: StructureService,
    private readonly policy: SignInPolicy,
    private readonly waysIn: AccountWaysInService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `validation.failed`, `not-found` for a structure out of reach */
  async page(administrator: Administrator, query: Record<string, unknown>): Promise<AccountPage> {
    const asked = await this.#asked(administrator, query);
    const text = queryText('q', query['q'])?.trim();
    const read = (page: AccountPageRequest) =>
      text && !page.sort
        ? this.search.find({ ...page, text })
        : this.accounts.list({ ...page, ...(text && { text }) });
    return asked.only === 'HAS_PASSWORD' ? this.#entering(asked, read) : read(asked);
  }

  /** How many accounts a first page is the beginning of; null for another page, and where rows are searched or judged. */
  async total(administrator: Administrator, query: Record<string, unknown>): Promise<number | null> {
    const { cursor, ...page } = await this.#asked(administrator, query);
    const isCounted = !cursor && !queryText('q', query['q'])?.trim() && page.only !== 'HAS_PASSWORD';
    return isCounted ? this.accounts.count(page) : null;
  }

  /**
   * The accounts as a file, written while they are read: their number costs time and no memory. That it was taken out is
   * in the journal before its first line is given.
   */
  async export(administrator: Administrator, query: Record<string, unknown>): Promise<Readable> {
    const { q, status, only, structure, sort } = query;
    const form = queryChoice('form', query['form'], EXPORT_FORMS) ?? 'raw';
    const asked = { q, status, only, structure, sort, limit: EXPORT_PAGE };
    const first = await this.page(administrator, asked);
    await this.journal.record(administrator, { name: 'sensitive_read', data: { what: 'accounts' } });
    return Readable.from(this.#exportText(administrator, asked, first, form));
  }

  async *#exportText(
    administrator: Administrator,
    query: Record<string, unknown>,
    first: AccountPage,
    form: ExportForm,
  ): AsyncGenerator<string> {
    yield CSV_BEGINNING + csvLine(EXPORT_COLUMNS[form].map(([title]) => title));
    for (let page = first; ;) {
      const locked = await this.locks.findLockedAmong(page.items);
      yield page.items.map((account) => exportLine(account, locked.has(account.id), form)).join('');
      if (page.nextCursor === null) return;
      page = await this.page(administrator, { ...query, cursor: page.nextCursor });
    }
  }

  /** Returns the first page with accounts that their password admits now; it may be shorter than requested. */
  async #entering(
    asked: AccountPageRequest,
    read: (page: AccountPageRequest) => Promise<AccountPage>,
  ): Promise<AccountPage> {
    let page = await read(asked);
    for (let judged = 1; ; judged++) {
      const { nextCursor } = page;
      const ways = await this.waysIn.among(page.items);
      const items = page.items.filter(({ id }) => ways.get(id)!.canEnter === 'yes');
      if (items.length > 0 || nextCursor === null || judged === JUDGED_PAGES) return { items, nextCursor };
      page = await read({ ...asked, cursor: nextCursor });
    }
  }

  async #selection(
    only: (typeof LIST_SELECTIONS)[number] | undefined,
    structureId: string | undefined,
  ): Promise<Selection> {
    if (only === 'LOCKED') return { among: await this.locks.findLocked() };
    if (only === 'CAN_ENTER') return { only: 'HAS_PASSWORD' };
    if (only !== 'KEPT_OUT_BY_RULE' && only !== 'ONLY_BY_CARD') return { only };
    return { only, ofStructures: await this.#withoutCodes(structureId) };
  }

  /** Of all structures, or of this one alone, those where password and a code that is sent open nothing. */
  async #withoutCodes(structureId: string | undefined): Promise<string[]> {
    const dated = await this.structures.dated();
    const within = dated.filter(({ id }) => structureId === undefined || id === structureId);
    const byCode = { means: 'password', given: { code: 'mail' } } as const;
    return within
      .filter(({ policy }) => !this.policy.judge(memberOf(policy), byCode).opens)
      .map(({ id }) => id);
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

function exportLine(account: Account, locked: boolean, form: ExportForm): string {
  return csvLine(EXPORT_COLUMNS[form].map(([, cell]) => cell(account, locked)));
}
