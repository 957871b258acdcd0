import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Account, AccountPage } from '@portillon/account';
import { ActJournalService } from '../act-journal.service';
import type { Administrator } from '../administrator.types';
import { CSV_BEGINNING, csvLine } from '../csv';
import { AccountListService } from './account-list.service';

type Column = readonly [title: string, cell: (account: Account) => string | null];

/** The titles are those that an import reads. */
const COLUMNS: Column[] = [
  ['username', (one) => one.username],
  ['name', (one) => one.displayName],
  ['email', (one) => one.email],
  ['status', (one) => one.status],
  ['role', (one) => one.roles.join(' ')],
  ['structure', (one) => one.structure?.name ?? null],
  ['national_id', (one) => one.nationalId],
  ['language', (one) => one.locale],
  ['created', (one) => one.createdAt.toISOString()],
  ['last_signed_in', (one) => one.lastSignedInAt?.toISOString() ?? null],
];
const PAGE = '100';

/** The accounts as a file, written while they are read: their number costs time and no memory. */
@Injectable()
export class AccountExportService {
  constructor(
    private readonly list: AccountListService,
    private readonly journal: ActJournalService,
  ) {}

  /** That it was taken out is in the journal before its first line is given. */
  async open(administrator: Administrator, query: Record<string, unknown>): Promise<Readable> {
    const { status, structure } = query;
    const asked = { status, structure, limit: PAGE };
    const first = await this.list.page(administrator, asked);
    await this.journal.record(administrator, { name: 'sensitive_read', data: { what: 'accounts' } });
    return Readable.from(this.#text(administrator, asked, first));
  }

  async *#text(
    administrator: Administrator,
    query: Record<string, unknown>,
    first: AccountPage,
  ): AsyncGenerator<string> {
    yield CSV_BEGINNING + csvLine(COLUMNS.map(([title]) => title));
    for (let page = first; ;) {
      yield page.items.map(lineOf).join('');
      if (page.nextCursor === null) return;
      page = await this.list.page(administrator, { ...query, cursor: page.nextCursor });
    }
  }
}

function lineOf(account: Account): string {
  return csvLine(COLUMNS.map(([, cell]) => cell(account)));
}
