import type { StreamEvent } from './ocsf';

/** What takes the journal out of the machine. */
export interface Collector {
  /** Gives it events, in their order. @throws Error when it does not take them in time. */
  send(events: readonly StreamEvent[]): Promise<void>;
  /** Resolves when it has read all that it was given. @throws Error when that is not known: give it again. */
  confirm(): Promise<void>;
  /** Lets go of it at once, whatever is on its way. */
  close(): void;
}

/** Longer than this no step waits for the collector, so that none outlives the time for which a process holds the stream. */
export const PATIENCE_MS = 5_000;
