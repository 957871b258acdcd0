import { Injectable } from '@nestjs/common';
import { AccountService, MembershipService, PersonName } from '@portillon/account';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import { AuditFilter, AuditPage, AuditService, MOST_NAMES } from '@portillon/audit';
import type { AuditEntry } from '@portillon/audit';
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
import { StructureName, StructureService } from '@portillon/structure';
import {
  ActJournalService,
  AdministeredAccountService,
  AdministeredStructureService,
  Scope,
  isWithinReach,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { Readable } from 'node:stream';
import { OUTCOMES, AdminEvent, EXPORT_FORMATS } from './event.dto';
import type { AdminEventApplication, AdminEventPerson } from './event.dto';

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

interface Names {
  people: Map<string, PersonName>;
  structures: Map<string, StructureName>;
  applications: Map<string, ApplicationEntity>;
}

/** The person visited the application, so that its name was on their page. */
const VISITS = ['application_entered', 'application_refused', 'application_left'];

/** The journal within an administrator's reach, with today's names beside its ids: the journal itself holds no name. */
@Injectable()
export class AdministeredEventService {
  constructor(
    private readonly audit: AuditService,
    private readonly accounts: AdministeredAccountService,
    private readonly structures: AdministeredStructureService,
    private readonly readings: ActJournalService,
    private readonly clock: Clock,
    private readonly directory: AccountService,
    private readonly memberships: MembershipService,
    private readonly structureNames: StructureService,
    private readonly applications: ApplicationService,
  ) {}

  /**
   * Returns the query, limited to the administrator's reach.
   *
   * @throws AppError `validation.failed`, `not-found` for a structure or a person out of reach
   */
  async filter(administrator: Administrator, query: Record<string, unknown>): Promise<AuditFilter> {
    const structureIds = await this.structures.within(
      administrator,
      queryText('structure', query['structure']),
    );
    const filter = present({
      structureIds: structureIds ?? undefined,
      accountId: queryText('account', query['account']),
      actorId: queryText('actor', query['actor']),
      names: queryWords('name', query['name'], MOST_NAMES),
      outcome: queryChoice('outcome', query['outcome'], OUTCOMES),
      from: queryInstant('from', query['from']),
      to: queryInstant('to', query['to']),
      requestId: queryPattern('request', query['request'], REQUEST_ID),
      ...this.#ofCode(queryPattern('code', query['code'], REFERENCE)),
    });
    if (administrator.scope.structureIds) await this.#requireReach(administrator, filter);
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
  async #requireReach(administrator: Administrator, { accountId, actorId, structureIds }: AuditFilter) {
    const people: AuditFilter[] = [...(accountId ? [{ accountId }] : []), ...(actorId ? [{ actorId }] : [])];
    for (const person of people) {
      const { items } = await this.audit.search(present({ ...person, structureIds }), { limit: 1 });
      if (items.length === 0)
        await this.accounts.getVisible(administrator, (person.accountId ?? person.actorId)!);
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
      yield (await this.view(entries, scope)).map(line).join('');
  }

  async view(entries: AuditEntry[], scope: Scope): Promise<AdminEvent[]> {
    const [people, structures, applications] = await Promise.all([
      this.#peopleOf(entries, scope),
      this.structureNames.names(idsOf(entries, ['structureId'])),
      this.#applicationsOf(entries),
    ]);
    return entries.map((entry) => toEvent(entry, { people, structures, applications }, scope));
  }

  /** Those within reach; of a member whom another structure manages the name alone. */
  async #peopleOf(entries: AuditEntry[], scope: Scope): Promise<Map<string, PersonName>> {
    const people = await this.directory.findNames(idsOf(entries, ['accountId', 'actorId']));
    const away = [...people.values()].filter(({ structureId }) => !isWithinReach(scope, structureId));
    const places = await this.memberships.findOpenByAccounts(away.map(({ id }) => id));
    for (const one of away)
      if (places.get(one.id)?.some(({ structure }) => isWithinReach(scope, structure.id)))
        people.set(one.id, { ...one, username: '' });
      else people.delete(one.id);
    return people;
  }

  async #applicationsOf(entries: AuditEntry[]): Promise<Map<string, ApplicationEntity>> {
    const ids = entries.flatMap((entry) => applicationOf(entry) ?? []);
    const found = ids.length === 0 ? [] : await this.applications.getAll([...new Set(ids)]);
    return new Map(found.map((application) => [application.id, application]));
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

function idsOf(entries: AuditEntry[], names: ('accountId' | 'actorId' | 'structureId')[]): string[] {
  return entries.flatMap((entry) => names.map((name) => entry[name]).filter((id) => id !== null));
}

function applicationOf({ data }: AuditEntry): string | undefined {
  const id = data?.['application'];
  return typeof id === 'string' ? id : undefined;
}

/** One out of reach stays an id, where an administrator only tried it out. */
function application(entry: AuditEntry, { applications }: Names, scope: Scope): AdminEventApplication | null {
  const id = applicationOf(entry);
  if (id === undefined) return null;
  const known = applications.get(id);
  const isShown = known && (VISITS.includes(entry.name) || isWithinReach(scope, known.structureId));
  return { id, name: isShown ? known.name : null };
}

function toEvent(entry: AuditEntry, names: Names, scope: Scope): AdminEvent {
  const { people, structures } = names;
  const { at, accountId, actorId, structureId, ...rest } = entry;
  return {
    id: rest.id,
    at: at.toISOString(),
    name: rest.name,
    outcome: rest.outcome,
    account: person(accountId, people),
    actor: person(actorId, people),
    structure: structureId
      ? { id: structureId, name: structures.get(structureId)?.name ?? structureId }
      : null,
    application: application(entry, names, scope),
    means: rest.means,
    channel: rest.channel,
    address: rest.address,
    device: rest.device,
    requestId: rest.requestId,
    reason: rest.reason,
    data: rest.data,
    seal: rest.seal,
  };
}

function person(id: string | null, people: Map<string, PersonName>): AdminEventPerson | null {
  if (!id) return null;
  const known = people.get(id);
  return { id, username: known?.username || null, displayName: known?.displayName ?? null };
}
