/** Where the journal is streamed to. */
export interface AuditStreamOptions {
  kind: 'syslog' | 'otlp';
  /** Of a host and, for `otlp`, a path. */
  url: URL;
  /** Whether it is encrypted, and its certificate verified. */
  tls: boolean;
  /** The authority of its certificate (PEM); without it those that Node knows. */
  ca?: string;
  /** Of each request; for `otlp`. */
  headers: Record<string, string>;
}

/** What a {@link Collector} is injected by. */
export const COLLECTOR = Symbol('Collector');
