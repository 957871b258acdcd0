/** What TypeORM returns for an UPDATE or a DELETE. */
interface Affected {
  affected?: number | null;
}

/**
 * Whether a guarded UPDATE or DELETE changed its one row; of many concurrent callers, one gets `true`. An UPDATE
 * counts the rows that its guard matched, changed or not.
 */
export function exactlyOne({ affected }: Affected): boolean {
  return affected === 1;
}
