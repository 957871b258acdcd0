import type { EntityManager } from 'typeorm';
import type { LineWords } from '../journal/journal.line';

/** What the journal said, for the lib that acts on it: who, where, whence, what of it. */
export type JournalLine = Pick<
  LineWords,
  'id' | 'name' | 'accountId' | 'structureId' | 'address' | 'device' | 'happenedAt'
> & { data: Record<string, unknown> };

/**
 * Acts on what the journal said, once for each line, in the transaction that seals it: within a minute of the act, and
 * lost by no crash. For work that no request waits for, so that no act pays for it. Added by {@link AuditSealService.subscribe}.
 */
export interface JournalSubscriber {
  linesSealed(lines: readonly JournalLine[], tx: EntityManager): Promise<unknown>;
}

export function toJournalLine(words: LineWords): JournalLine {
  const { id, name, accountId, structureId, address, device, happenedAt } = words;
  const data = words.data === null ? {} : (JSON.parse(words.data) as Record<string, unknown>);
  return { id, name, accountId, structureId, address, device, happenedAt, data };
}
