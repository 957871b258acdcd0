import { Injectable } from '@nestjs/common';
import { AuditFilter, AuditPage, AuditService, MOST_NAMES } from '@portillon/audit';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import {
  ActJournalService,
  AdministeredAccountService,
  AdministeredStructureService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { queryChoice, queryInstant, queryPattern, queryText, queryWords } from '@portillon/http';
import { OUTCOMES } from './event.dto';

/** As messages carry it. Nothing else may come into a comparison with `LIKE`. */
const REFERENCE = /^[A-Za-z0-9]{4,8}$/;
const REQUEST_ID = /^[0-9a-f-]{32,36}$/;

/** The journal within an administrator's reach. */
@Injectable()
export class AdministeredEventService {
  constructor(
    private readonly audit: AuditService,
    private readonly accounts: AdministeredAccountService,
    private readonly structures: AdministeredStructureService,
    private readonly readings: ActJournalService,
    private readonly clock: Clock,
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
}

/** Removes undefined members: a missing condition must not become one that no entry meets. */
function present<Members extends object>(
  members: Members,
): { [Name in keyof Members]: Exclude<Members[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
