import { traced, TracedCall } from '@portillon/kernel';

const VERB = /^\s*(\w+)/;
const TABLE = /\b(?:FROM|INTO|UPDATE|TABLE(?: IF (?:NOT )?EXISTS)?)\s+[`"]?(\w+)/i;

/** Runs a statement of `engine`. Traces show its action and its table, neither its text nor its values. */
export function tracedStatement<Result>(
  engine: string,
  sql: string,
  work: () => Promise<Result>,
): Promise<Result> {
  return traced(() => callOf(engine, sql), work);
}

/** Returns the table of a statement, the first of several. */
export function tableOf(sql: string): string | undefined {
  return TABLE.exec(sql)?.[1];
}

function callOf(engine: string, sql: string): TracedCall {
  const verb = VERB.exec(sql)?.[1]?.toUpperCase() ?? 'STATEMENT';
  const table = tableOf(sql);
  return {
    name: table ? `${verb} ${table}` : verb,
    attributes: {
      'db.system.name': engine,
      'db.operation.name': verb,
      ...(table && { 'db.collection.name': table }),
    },
  };
}
