import type { INestApplicationContext } from '@nestjs/common';
import fastify, { FastifyInstance } from 'fastify';
import { HealthService } from './health.service';
import { MetricsService } from './metrics.service';

/** Serves health and metrics on a separate port, which no proxy exposes to the internet. */
export async function startOperationsServer(
  app: INestApplicationContext,
  at: { host: string; port: number },
): Promise<FastifyInstance> {
  const server = fastify();
  const health = app.get(HealthService);
  const metrics = app.get(MetricsService);
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const readiness = await health.readiness();
    return reply.status(readiness.status === 'ready' ? 200 : 503).send(readiness);
  });
  server.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await metrics.scrape();
    return reply.type(contentType).send(text);
  });
  await server.listen({ host: at.host, port: at.port });
  return server;
}
