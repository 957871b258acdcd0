import { Injectable } from '@nestjs/common';
import { AuditFilter, AuditPage, AuditService, MOST_NAMES } from '@portillon/audit';
import {
  queryChoice,
  queryInstant,
  queryPattern,
  queryText,
  queryWords,
  CSV_BEGINNING,
  CSV_TYPE,
  csvLine,
} from '@portillon/http';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import {
  ActJournalService,
  AdministeredAccountService,
  AdministeredStructureService,
} from '@portillon/user-management';
import type { Administrator, Scope } from '@portillon/user-management';
import { Readable } from 'node:stream';
import { EventViewService } from './event-view.service';
import { OUTCOMES, AdminEvent, EXPORT_FORMATS } from './event.dto';

/** As messages carry it. Nothing else may come into a comparison with `LIKE`. */
const REFERENCE = /^[A-Za-z0-9]{4,8}$/;
const REQUEST_ID = /^[0-9a-f-]{32,36}$/;

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

/** The journal within an administrator's reach. */
@Injectable()
export class AdministeredEventService {
  constructor(
    private readonly audit: AuditService,
    private readonly accounts: AdministeredAccountService,
    private readonly structures: AdministeredStructureService,
    private readonly readings: ActJournalService,
    private readonly clock: Clock,
    private readonly view: EventViewService,
  ) {}

  /**
   * Returns the query, limited to the administrator's reach.
   *
   * @throws AppError `validation.failed`, `not-found` for a structure or a person out of reach
   */
  async filter(administrator: Administrator, query: Record<string, unknown>): Promise<AuditFilter> {
    const structureId = await this.structures.within(
      administrator,
      queryText('structure', query['structure']),
    );
    const filter = present({
      structureId: structureId ?? undefined,
      accountId: queryText('account', query['account']),
      actorId: queryText('actor', query['actor']),
      names: queryWords('name', query['name'], MOST_NAMES),
      outcome: queryChoice('outcome', query['outcome'], OUTCOMES),
      from: queryInstant('from', query['from']),
      to: queryInstant('to', query['to']),
      requestId: queryPattern('request', query['request'], REQUEST_ID),
      ...this.#ofCode(queryPattern('code', query['code'], REFERENCE)),
    });
    if (administrator.scope.structureId) await this.#requireReach(administrator, filter);
    return filter;
  }

  /** References repeat. A search covers the last day, which includes the code of a user on the telephone. */
  #ofCode(reference: string | undefined): AuditFilter {
    if (reference === undefined) return {};
    const from = addMilliseconds(this.clock.now(), -DAY);
    return { names: ['authn_code_sent'], reference: reference.toUpperCase(), from };
  }

  /** Returns one page. Records this access in the journal first, but not among the entries found. */
  async read(
    administrator: Administrator,
    filter: AuditFilter,
    page: { cursor?: string; limit: number },
  ): Promise<AuditPage> {
    const found = await this.audit.search(filter, page);
    await this.readings.recordJournalRead(administrator, filter);
    return found;
  }

  /** Accepts people in the structure's journal, also those who left or were erased. @throws AppError `not-found` */
  async #requireReach(administrator: Administrator, { accountId, actorId, structureId }: AuditFilter) {
    const people: AuditFilter[] = [...(accountId ? [{ accountId }] : []), ...(actorId ? [{ actorId }] : [])];
    for (const person of people) {
      const { items } = await this.audit.search(present({ ...person, structureId }), { limit: 1 });
      if (items.length === 0) await this.accounts.get(administrator, (person.accountId ?? person.actorId)!);
    }
  }

  /** That it was taken out is in the journal before its first line is given. */
  async export(administrator: Administrator, filter: AuditFilter, format: ExportFormat): Promise<Readable> {
    const data = { what: 'events', format, ...filter } as const;
    await this.readings.record(administrator, { name: 'sensitive_read', data });
    return Readable.from(this.#text(filter, administrator.scope, format));
  }

  async *#text(filter: AuditFilter, scope: Scope, format: ExportFormat): AsyncGenerator<string> {
    if (format === 'csv') yield CSV_BEGINNING + csvLine(COLUMNS.map(([title]) => title));
    const line = format === 'csv' ? csvOf : jsonOf;
    for await (const entries of this.audit.all(filter))
      yield (await this.view.of(entries, scope)).map(line).join('');
  }
}

/** Removes undefined members: a missing condition must not become one that no entry meets. */
function present<Members extends object>(
  members: Members,
): { [Name in keyof Members]: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

function jsonOf(event: AdminEvent): string {
  return `${JSON.stringify(event)}\n`;
}

function csvOf(event: AdminEvent): string {
  return csvLine(COLUMNS.map(([, cell]) => cell(event)));
}
