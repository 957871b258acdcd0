/** What TypeORM returns for an UPDATE or a DELETE. */
interface Affected {
  affected?: number | null;
}

/**
 * Whether a guarded UPDATE or DELETE changed its one row: of many callers at once, it is `true` for one.
 * An UPDATE counts the rows that its guard matched, changed or not.
 */
export function exactlyOne({ affected }: Affected): boolean {
  return affected === 1;
}
