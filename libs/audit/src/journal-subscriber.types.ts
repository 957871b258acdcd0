import type { EntityManager } from 'typeorm';
import type { AuditEntry } from './audit.types';

/**
 * Acts on a line in the very transaction that writes it: what it writes is there when the line is, and undone with it. The
 * act pays for its statements; what may wait a minute is for a `JournalFollower`. Added by
 * {@link AuditService.addSubscriber}.
 */
export interface JournalSubscriber {
  /** The events that it wants to hear of, of either outcome; also those of libs that it does not import. */
  readonly names: readonly string[];
  receive(line: AuditEntry, tx: EntityManager): Promise<unknown>;
}
