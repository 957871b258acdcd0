import { Inject, Injectable } from '@nestjs/common';
import { FindingRegistry, MetricsRegistry } from '@portillon/kernel';
import '@portillon/persistence';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram } from 'prom-client';
import '../findings/expiry.findings';
import { OPERATION_OPTIONS, type OperationOptions } from '../operation.options';
import { HealthService } from './health.service';

/** Prometheus metrics of this process: those of the whole process, and the series that each library declares. */
@Injectable()
export class MetricsService {
  readonly #durations: Histogram;

  constructor(
    private readonly registry: MetricsRegistry,
    private readonly findings: FindingRegistry,
    private readonly health: HealthService,
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
  ) {
    collectDefaultMetrics({ register: registry });
    this.#durations = new Histogram({
      name: 'portillon_http_request_seconds',
      help: 'Time to answer, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    });
    this.#addBuild();
    this.#addDependencies();
    this.#addTimes();
  }

  async scrape(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  /** Measures every response, by route pattern and never by address. */
  measureAnswers(server: FastifyInstance): void {
    server.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'unknown';
      const labels = { method: request.method, route, status: reply.statusCode };
      this.#durations.observe(labels, reply.elapsedTime / 1_000);
    });
  }

  #addBuild(): void {
    const build = new Gauge({
      name: 'portillon_build_info',
      help: 'Always 1: the version that runs.',
      labelNames: ['version'],
      registers: [this.registry],
    });
    build.set({ version: this.options.version }, 1);
  }

  /** Adds the checks of the readiness, which answers at once even when the database does not. */
  #addDependencies(): void {
    const up = new Gauge({
      name: 'portillon_dependency_up',
      help: '1: the dependency works, as /health/ready sees it. Without those that are not configured.',
      labelNames: ['dependency'],
      registers: [this.registry],
    });
    this.registry.readAtScrape([up], async () => {
      const { checks } = await this.health.readiness();
      for (const [dependency, { status }] of Object.entries(checks))
        if (status !== 'off') up.set({ dependency }, Number(status === 'up'));
    });
  }

  /** Adds expiry dates and the difference between clocks. */
  #addTimes(): void {
    const expiry = new Gauge({
      name: 'portillon_expiry_timestamp_seconds',
      help: 'Until when a certificate or a revocation list is good; 0: there is none that is.',
      labelNames: ['setting', 'subject'],
      registers: [this.registry],
    });
    const skew = new Gauge({
      name: 'portillon_clock_skew_seconds',
      help: 'How far the clock of this process is ahead of that of the database.',
      registers: [this.registry],
    });
    this.registry.readAtScrape([expiry], async () => {
      const { expiries } = (await this.findings.find('expiry')).values;
      // The earliest expiry comes first, and counts when several have the same name.
      for (const { setting, subject, at } of expiries.toReversed())
        expiry.set({ setting, subject }, (at?.getTime() ?? 0) / 1_000);
    });
    this.registry.readAtScrape([skew], async () => {
      const { aheadMs } = (await this.findings.find('clock')).values;
      skew.set((aheadMs ?? 0) / 1_000);
    });
  }
}
