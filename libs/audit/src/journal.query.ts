import { lowestId } from '@portillon/kernel';
import type { SqlValue } from '@portillon/persistence';
import type { AuditFilter } from './audit-filter.types';
import type { AuditOutcome } from './audit.types';
import { WORDS } from './journal.line';

export interface Query {
  sql: string;
  params: SqlValue[];
}

type Condition = readonly [sql: string, param: SqlValue];

const SELECT = `SELECT ${WORDS.join(', ')}, sealSequence FROM auditEvent`;
const OUTCOMES: AuditOutcome[] = ['SUCCESS', 'FAILURE'];

/**
 * The lines that fit, newest first, at most `limit`. Every condition on its own is a range of an index that is in the
 * order of the ids, so that the first lines cost the same however long the journal is. Several names are as many
 * ranges, each of which gives its newest: one range over all of them would have to be sorted.
 */
export function journalQuery(filter: AuditFilter, older: string | undefined, limit: number): Query {
  const shared = sharedConditions(filter, older);
  // A person has few lines: looking at those is cheaper than a range for each name.
  if (!filter.names?.length || filter.accountId || filter.actorId)
    return single([...shared, ...named(filter)], limit);
  return union(
    branches(filter).map((own) => single([...own, ...shared], limit)),
    limit,
  );
}

/** One range of an index for each name and outcome. */
function branches({ names = [], outcome }: AuditFilter): Condition[][] {
  const outcomes = outcome ? [outcome] : OUTCOMES;
  return [...new Set(names)].flatMap((name) =>
    outcomes.map((one): Condition[] => [
      ['name = ?', name],
      ['outcome = ?', one],
    ]),
  );
}

function sharedConditions(filter: AuditFilter, older: string | undefined): Condition[] {
  return [
    ...equal('structureId', filter.structureId),
    ...equal('accountId', filter.accountId),
    ...equal('actorId', filter.actorId),
    ...compared('id >= ?', filter.from && lowestId(filter.from)),
    ...compared('id < ?', filter.to && lowestId(filter.to)),
    ...compared('id < ?', older),
  ];
}

function named({ names = [], outcome }: AuditFilter): Condition[] {
  const one = equal('outcome', outcome);
  if (names.length === 0) return one;
  const [first, ...others] = names;
  const places = names.map(() => '?').join(', ');
  // The first parameter is this condition's own; the others follow it in their places.
  return [[`name IN (${places})`, first!], ...others.map((name): Condition => ['', name]), ...one];
}

function equal(column: string, value: string | undefined): Condition[] {
  return compared(`${column} = ?`, value);
}

function compared(sql: string, value: string | undefined): Condition[] {
  return value === undefined ? [] : [[sql, value]];
}

function single(conditions: Condition[], limit: number): Query {
  const texts = conditions.map(([sql]) => sql).filter((sql) => sql !== '');
  const where = texts.length > 0 ? ` WHERE ${texts.join(' AND ')}` : '';
  return {
    sql: `${SELECT}${where} ORDER BY id DESC LIMIT ${limit}`,
    params: conditions.map(([, param]) => param),
  };
}

function union(parts: Query[], limit: number): Query {
  if (parts.length === 1) return parts[0]!;
  const all = parts.map(({ sql }, index) => `SELECT * FROM (${sql}) part${index}`).join(' UNION ALL ');
  return {
    sql: `${all} ORDER BY id DESC LIMIT ${limit}`,
    params: parts.flatMap(({ params }) => params),
  };
}
