import type { StreamEvent } from './ocsf';

/** Address and protocol of the collector. */
export interface AuditStreamOptions {
  kind: 'syslog' | 'otlp';
  /** Host and, for `otlp`, path. */
  url: URL;
  /** Whether the connection is encrypted and its certificate verified. */
  tls: boolean;
  /** Authority of its certificate (PEM). Default: those of Node. */
  ca?: string;
  /** Headers of each request, for `otlp`. */
  headers: Record<string, string>;
}

/** Token of the {@link Collector}. */
export const COLLECTOR = Symbol('Collector');

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
