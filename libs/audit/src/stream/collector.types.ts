import type { StreamEvent } from './ocsf';

/** A collector of the journal outside the machine. */
export interface Collector {
  /** Sends events in order. @throws Error when it does not accept them in time */
  send(events: readonly StreamEvent[]): Promise<void>;
  /** Resolves when all events are confirmed. @throws Error when that is unknown: send them again */
  confirm(): Promise<void>;
  /** Closes the connection immediately. */
  close(): void;
}

/** Time limit of a step, so that none outlives the lease on the stream. */
export const PATIENCE_MS = 5_000;
