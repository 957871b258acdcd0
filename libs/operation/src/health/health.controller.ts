import { Controller, Get, Res } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@portillon/http';
import fastify, { FastifyInstance } from 'fastify';
import type { FastifyReply } from 'fastify';
import { HealthService } from './health.service';
import type { Readiness } from './health.service';
import { MetricsService } from './metrics.service';

@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.health.readiness();
    void reply.header('cache-control', 'no-store').status(readiness.status === 'ready' ? 200 : 503);
    return readiness;
  }
}

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
