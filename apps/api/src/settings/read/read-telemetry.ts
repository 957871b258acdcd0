import type { EnvironmentReader } from '../environment-reader';
import { headersOf } from '../headers';
import { isLoopback } from '@portillon/http';
import type { Settings } from '../settings';

const RATIO = /^(0(\.\d{1,6})?|1(\.0{1,6})?)$/;

/** Where traces go, by the names of the OpenTelemetry specification. The exporter reads further variables itself. */
export function telemetry(read: EnvironmentReader, production: boolean): Settings['telemetry'] {
  const endpoint = read.url('OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']);
  const headers = headersOf(read, 'OTEL_EXPORTER_OTLP_HEADERS');
  const serviceName = read.text('OTEL_SERVICE_NAME') ?? read.assumed('OTEL_SERVICE_NAME', 'portillon');
  const ratio = Number(
    read.formed('OTEL_TRACES_SAMPLER_ARG', RATIO, 'a share from 0 to 1, such as 0.1') ??
      read.assumed('OTEL_TRACES_SAMPLER_ARG', '1'),
  );
  const allowPlain = read.yes('OTEL_EXPORTER_OTLP_INSECURE');
  if (endpoint === null) return null;
  const { protocol, hostname } = new URL(endpoint);
  if (production && protocol === 'http:' && !allowPlain && !isLoopback(hostname))
    read.refuse(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'must be https:// in production, or set OTEL_EXPORTER_OTLP_INSECURE=true',
    );
  return { endpoint: endpoint.replace(/\/$/, ''), headers, serviceName, ratio };
}
