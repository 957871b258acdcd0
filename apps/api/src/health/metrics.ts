import type { FastifyInstance } from 'fastify';
import type { Histogram, Registry } from 'prom-client';

let registry: Registry | undefined;
let durations: Histogram | undefined;

/** Prometheus' own library, loaded at the first scrape: a process nobody scrapes does not pay for it. */
export async function metricsRegistry(): Promise<Registry> {
  if (registry) return registry;
  const { collectDefaultMetrics, Histogram, Registry } = await import('prom-client');
  registry = new Registry();
  collectDefaultMetrics({ register: registry });
  durations = new Histogram({
    name: 'portillon_http_request_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return registry;
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
