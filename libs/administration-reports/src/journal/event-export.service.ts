import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditFilter, AuditService } from '@portillon/audit';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator, Scope } from '@portillon/user-management';
import { CSV_BEGINNING, CSV_TYPE, csvLine } from '@portillon/http';
import { AdminEvent, EXPORT_FORMATS } from './event.dto';
import { EventViewService } from './event-view.service';

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_TYPES: Record<ExportFormat, string> = {
  csv: CSV_TYPE,
  jsonl: 'application/jsonl; charset=utf-8',
};

type Column = readonly [title: string, cell: (event: AdminEvent) => string | number | null];

const COLUMNS: Column[] = [
  ['id', (event) => event.id],
  ['at', (event) => event.at],
  ['name', (event) => event.name],
  ['outcome', (event) => event.outcome],
  ['account', ({ account }) => account?.id ?? null],
  ['account_name', ({ account }) => account?.displayName ?? null],
  ['actor', ({ actor }) => actor?.id ?? null],
  ['actor_name', ({ actor }) => actor?.displayName ?? null],
  ['structure', ({ structure }) => structure?.id ?? null],
  ['structure_name', ({ structure }) => structure?.name ?? null],
  ['means', (event) => event.means],
  ['channel', (event) => event.channel],
  ['address', (event) => event.address],
  ['device', (event) => event.device],
  ['request', (event) => event.requestId],
  ['reason', (event) => event.reason],
  ['data', ({ data }) => data && JSON.stringify(data)],
  ['seal', (event) => event.seal],
];

/** The journal as a file, written while it is read: its length costs time and no memory. */
@Injectable()
export class EventExportService {
  constructor(
    private readonly audit: AuditService,
    private readonly journal: ActJournalService,
    private readonly view: EventViewService,
  ) {}

  /** That it was taken out is in the journal before its first line is given. */
  async open(administrator: Administrator, filter: AuditFilter, format: ExportFormat): Promise<Readable> {
    const data = { what: 'events', format, ...filter } as const;
    await this.journal.record(administrator, { name: 'sensitive_read', data });
    return Readable.from(this.#text(filter, administrator.scope, format));
  }

  async *#text(filter: AuditFilter, scope: Scope, format: ExportFormat): AsyncGenerator<string> {
    if (format === 'csv') yield CSV_BEGINNING + csvLine(COLUMNS.map(([title]) => title));
    const line = format === 'csv' ? csvOf : jsonOf;
    for await (const entries of this.audit.all(filter))
      yield (await this.view.of(entries, scope)).map(line).join('');
  }
}

function jsonOf(event: AdminEvent): string {
  return `${JSON.stringify(event)}\n`;
}

function csvOf(event: AdminEvent): string {
  return csvLine(COLUMNS.map(([, cell]) => cell(event)));
}
