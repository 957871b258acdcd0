import type { EntityManager } from 'typeorm';
import type { LineWords } from '../journal/journal.line';

/** Content of a line for a subscribing library. */
export type JournalLine = Pick<
  LineWords,
  'id' | 'name' | 'accountId' | 'structureId' | 'address' | 'device' | 'happenedAt'
> & { data: Record<string, unknown> };

/**
 * Acts on each line once, in the transaction that seals it: within a minute, and without loss after a crash. For work
 * that no request should wait for. Add it with {@link AuditSealService.subscribe}.
 */
export interface JournalSubscriber {
  linesSealed(lines: readonly JournalLine[], tx: EntityManager): Promise<unknown>;
}

export function toJournalLine(words: LineWords): JournalLine {
  const { id, name, accountId, structureId, address, device, happenedAt } = words;
  const data = words.data === null ? {} : (JSON.parse(words.data) as Record<string, unknown>);
  return { id, name, accountId, structureId, address, device, happenedAt, data };
}
