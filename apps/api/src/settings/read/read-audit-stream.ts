import { headersOf } from '../headers';
import type { EnvironmentReader } from '../environment-reader';
import { isLoopback } from '@portillon/http';
import type { AuditStreamOptions } from '@portillon/audit';
import { certificates } from '../pem-files';

const SCHEMES = ['syslog+tls:', 'syslog+tcp:', 'otlp+https:', 'otlp+http:'] as const;

/**
 * The target of the journal's stream. The scheme selects the protocol: `syslog+tls://host:6514`,
 * `otlp+https://host:4318/v1/logs`.
 */
export function auditStream(read: EnvironmentReader, production: boolean): AuditStreamOptions | null {
  const text = read.url('AUDIT_STREAM', SCHEMES);
  const caFile = read.text('AUDIT_STREAM_CA_FILE');
  const headers = headersOf(read, 'AUDIT_STREAM_HEADERS');
  if (text === null) return null;
  const [kind, transport] = new URL(text).protocol.slice(0, -1).split('+') as ['syslog' | 'otlp', string];
  const tls = transport === 'tls' || transport === 'https';
  const url = new URL(kind === 'otlp' ? text.slice('otlp+'.length) : text);
  refuseUnusable(read, { kind, url, tls, production });
  if (caFile && !tls) read.refuse('AUDIT_STREAM_CA_FILE', 'needs syslog+tls:// or otlp+https://');
  const ca = caFile && tls ? certificates(read, 'AUDIT_STREAM_CA_FILE', caFile) : undefined;
  return { kind, url, tls, headers, ...(ca && { ca }) };
}

interface Asked {
  kind: 'syslog' | 'otlp';
  url: URL;
  tls: boolean;
  production: boolean;
}

function refuseUnusable(read: EnvironmentReader, { kind, url, tls, production }: Asked): void {
  // The stream contains account ids and network addresses.
  if (production && !tls && !isLoopback(url.hostname))
    read.refuse('AUDIT_STREAM', 'must be syslog+tls:// or otlp+https:// in production');
  if (url.username || url.password)
    read.refuse('AUDIT_STREAM', 'takes no user and no password: see AUDIT_STREAM_HEADERS');
  if (kind === 'syslog' && (!['', '/'].includes(url.pathname) || url.search))
    read.refuse('AUDIT_STREAM', 'of syslog must be a host and a port');
}
