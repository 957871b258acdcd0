import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Account, AccountPage } from '@portillon/account';
import { AccountLocksService, ActJournalService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { CSV_BEGINNING, csvLine, queryChoice } from '@portillon/http';
import { EXPORT_COLUMNS, EXPORT_FORMS, ExportForm } from './account-export.columns';
import { AccountListService } from './account-list.service';

const PAGE = '100';

/** The accounts as a file, written while they are read: their number costs time and no memory. */
@Injectable()
export class AccountExportService {
  constructor(
    private readonly list: AccountListService,
    private readonly locks: AccountLocksService,
    private readonly journal: ActJournalService,
  ) {}

  /** That it was taken out is in the journal before its first line is given. */
  async open(administrator: Administrator, query: Record<string, unknown>): Promise<Readable> {
    const { q, status, only, structure, sort } = query;
    const form = queryChoice('form', query['form'], EXPORT_FORMS) ?? 'raw';
    const asked = { q, status, only, structure, sort, limit: PAGE };
    const first = await this.list.page(administrator, asked);
    await this.journal.record(administrator, { name: 'sensitive_read', data: { what: 'accounts' } });
    return Readable.from(this.#text(administrator, asked, first, form));
  }

  async *#text(
    administrator: Administrator,
    query: Record<string, unknown>,
    first: AccountPage,
    form: ExportForm,
  ): AsyncGenerator<string> {
    yield CSV_BEGINNING + csvLine(EXPORT_COLUMNS[form].map(([title]) => title));
    for (let page = first; ;) {
      const locked = await this.locks.findLockedAmong(page.items);
      yield page.items.map((account) => lineOf(account, locked.has(account.id), form)).join('');
      if (page.nextCursor === null) return;
      page = await this.list.page(administrator, { ...query, cursor: page.nextCursor });
    }
  }
}

function lineOf(account: Account, locked: boolean, form: ExportForm): string {
  return csvLine(EXPORT_COLUMNS[form].map(([, cell]) => cell(account, locked)));
}
