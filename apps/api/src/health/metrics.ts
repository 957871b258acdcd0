import type { FastifyInstance } from 'fastify';
import type { SealState } from '@portillon/audit';
import type { Gauge, Histogram, Registry } from 'prom-client';

let registry: Registry | undefined;
let durations: Histogram | undefined;
let sealing: { head: Gauge; sealedAt: Gauge; waiting: Gauge } | undefined;

/** Prometheus' own library, loaded at the first scrape: a process nobody scrapes does not pay for it. */
export async function metricsRegistry(): Promise<Registry> {
  if (registry) return registry;
  const { collectDefaultMetrics, Gauge, Histogram, Registry } = await import('prom-client');
  registry = new Registry();
  collectDefaultMetrics({ register: registry });
  durations = new Histogram({
    name: 'portillon_http_request_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry!] });
  sealing = {
    head: gauge(
      'portillon_audit_head_sequence',
      'Number of the last seal of the journal; it never goes back.',
    ),
    sealedAt: gauge('portillon_audit_sealed_timestamp_seconds', 'When the last seal was made.'),
    waiting: gauge('portillon_audit_waiting_seconds', 'How long the oldest line without a seal has waited.'),
  };
  return registry;
}

/** How far the journal is sealed, for the scrape at hand. */
export function measureSealing({ head, waitingMs }: SealState): void {
  sealing?.head.set(head?.sequence ?? 0);
  sealing?.sealedAt.set((head?.sealedAt.getTime() ?? 0) / 1_000);
  sealing?.waiting.set(waitingMs / 1_000);
}

/** Measures every answer, by route pattern and never by address, from the first scrape on. */
export function measureAnswers(server: FastifyInstance): void {
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    durations?.observe(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / 1_000,
    );
  });
}
