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
