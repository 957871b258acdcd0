import { Keyring } from '@portillon/kernel';
import type { AuditEventEntity } from './audit-event.entity';

/** Content of a line, in the order that marks and seals cover: never change it. */
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

/** Content of a line. */
export type LineWords = Pick<AuditEventEntity, (typeof WORDS)[number]>;
/** Content of a line with its mark, as seals cover it. */
export type MarkedLine = LineWords & Pick<AuditEventEntity, 'mark'>;

const PURPOSE = 'audit.line';
const MARK_TEXT = /^[A-Za-z0-9_-]{1,32}\.[0-9a-f]{64}$/;

/** Canonical form of a line, input of its mark and its seal. */
export function canonicalLine(line: LineWords): string {
  return JSON.stringify(
    WORDS.map((name) => (name === 'happenedAt' ? line.happenedAt.toISOString() : line[name])),
  );
}

/** Mark of a line: an attacker with the database but no key cannot make one. */
export function markOf(line: LineWords, keyring: Keyring): string {
  return keyring.digest(PURPOSE, [canonicalLine(line)]);
}

/** Whether a key of the ring made the mark for exactly this content. */
export function isMarked(line: MarkedLine, keyring: Keyring): boolean {
  return line.mark !== null && keyring.matches(line.mark, PURPOSE, [canonicalLine(line)]);
}

/** Id of the mark's key if the ring lacks it: this instance cannot verify the line. */
export function missingKeyOf({ mark }: Pick<MarkedLine, 'mark'>, keyring: Keyring): string | undefined {
  if (mark === null || !MARK_TEXT.test(mark)) return undefined;
  const keyId = Keyring.keyIdOf(mark);
  return keyring.has(keyId) ? undefined : keyId;
}

/** Name of a line in a report. */
export function called(line: Pick<LineWords, 'id' | 'happenedAt' | 'name'>): string {
  return `Line ${line.id} (${line.happenedAt.toISOString()}, ${line.name})`;
}
