import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Account, AccountImportService, ImportLine } from '@portillon/account';
import { audited, personOf } from '@portillon/auth';
import { AuditService } from '@portillon/audit';
import { ErrorCatalogService, Locale } from '@portillon/kernel';
import type { Administrator } from '../administrator';
import { CSV_BEGINNING, csvLine } from '../csv';
import { reportColumns } from '../imports/import-report';
import { AccountListService } from './account-list.service';

type Column<Row> = readonly [title: string, cell: (row: Row) => string | number | null];

/** The titles are those that an import reads. */
const ACCOUNT_COLUMNS: Column<Account>[] = [
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
const LINES = 500;

/** Lists as files, written while they are read: their length costs time and no memory. */
@Injectable()
export class AccountExportService {
  constructor(
    private readonly list: AccountListService,
    private readonly imports: AccountImportService,
    private readonly audit: AuditService,
    private readonly catalog: ErrorCatalogService,
  ) {}

  /** That it was taken out is in the journal before its first line is given. */
  async accounts(administrator: Administrator, query: Record<string, unknown>): Promise<Readable> {
    const { status, structure } = query;
    const first = await this.list.page(administrator, { status, structure, limit: PAGE });
    const event = { name: 'sensitive_read', outcome: 'SUCCESS', data: { what: 'accounts' } } as const;
    await this.audit.record(audited(administrator.client, personOf(administrator.session), event));
    return Readable.from(this.#accounts(administrator, { status, structure, limit: PAGE }, first));
  }

  importReport(id: string, locale: Locale): Readable {
    const text = (code: string) => this.catalog.fieldText(code, locale);
    return Readable.from(this.#lines(id, reportColumns(locale, text)));
  }

  async *#accounts(
    administrator: Administrator,
    query: Record<string, unknown>,
    first: Awaited<ReturnType<AccountListService['page']>>,
  ): AsyncGenerator<string> {
    yield header(ACCOUNT_COLUMNS);
    for (let page = first; ;) {
      yield page.items.map((one) => lineOf(ACCOUNT_COLUMNS, one)).join('');
      if (page.nextCursor === null) return;
      page = await this.list.page(administrator, { ...query, cursor: page.nextCursor });
    }
  }

  async *#lines(id: string, columns: Column<ImportLine>[]): AsyncGenerator<string> {
    yield header(columns);
    for (let after = 0; ;) {
      const lines = await this.imports.lines(id, { after, limit: LINES });
      yield lines.map((one) => lineOf(columns, one)).join('');
      if (lines.length < LINES) return;
      after = lines.at(-1)!.line;
    }
  }
}

function header<Row>(columns: Column<Row>[]): string {
  return CSV_BEGINNING + csvLine(columns.map(([title]) => title));
}

function lineOf<Row>(columns: Column<Row>[], row: Row): string {
  return csvLine(columns.map(([, cell]) => cell(row)));
}
