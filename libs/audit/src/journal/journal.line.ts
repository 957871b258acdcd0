import { Keyring } from '@portillon/kernel';
import type { AuditEventEntity } from './audit-event.entity';

/** What a line says, in the order in which its marks and seals cover it: never change it. */
export const WORDS = [
  'id',
  'happenedAt',
  'name',
  'outcome',
  'accountId',
  'actorId',
  'structureId',
  'means',
  'channel',
  'address',
  'device',
  'requestId',
  'reason',
  'data',
] as const satisfies (keyof AuditEventEntity)[];

/** What a line says. */
export type LineWords = Pick<AuditEventEntity, (typeof WORDS)[number]>;
/** A line as it is sealed: what it says, and its mark. */
export type MarkedLine = LineWords & Pick<AuditEventEntity, 'mark'>;

const PURPOSE = 'audit.line';
const MARK_TEXT = /^[A-Za-z0-9_-]{1,32}\.[0-9a-f]{64}$/;

/** The one form of a line that its mark and its seal are made of. */
export function canonicalLine(line: LineWords): string {
  return JSON.stringify(
    WORDS.map((name) => (name === 'happenedAt' ? line.happenedAt.toISOString() : line[name])),
  );
}

/** The mark of a line: who has the database but not the keys can write none. */
export function markOf(line: LineWords, keyring: Keyring): string {
  return keyring.digest(PURPOSE, [canonicalLine(line)]);
}

/** Whether a key still in the ring made the line's mark, over exactly what the line says. */
export function isMarked(line: MarkedLine, keyring: Keyring): boolean {
  return line.mark !== null && keyring.matches(line.mark, PURPOSE, [canonicalLine(line)]);
}

/** The key that the line's mark names when it is not in the ring: this instance cannot judge the line. */
export function missingKeyOf({ mark }: Pick<MarkedLine, 'mark'>, keyring: Keyring): string | undefined {
  if (mark === null || !MARK_TEXT.test(mark)) return undefined;
  const keyId = Keyring.keyIdOf(mark);
  return keyring.has(keyId) ? undefined : keyId;
}

/** How a report calls a line. */
export function called(line: Pick<LineWords, 'id' | 'happenedAt' | 'name'>): string {
  return `Line ${line.id} (${line.happenedAt.toISOString()}, ${line.name})`;
}
