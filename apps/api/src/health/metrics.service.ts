import { Injectable } from '@nestjs/common';
import { AuditSealService } from '@portillon/audit';
import { GateCheckCountService } from '@portillon/gate';
import { MetricsRegistry } from '@portillon/kernel';
import { WebhookOutboxService } from '@portillon/webhook';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram } from 'prom-client';
import { ClockSkewService } from './clock-skew.service';
import { ExpiryService } from './expiry.service';

/** What Prometheus reads of this process: its own series, and those that each lib declares. */
@Injectable()
export class MetricsService {
  readonly #durations: Histogram;

  constructor(
    private readonly registry: MetricsRegistry,
    private readonly seals: AuditSealService,
    private readonly expiries: ExpiryService,
    private readonly skew: ClockSkewService,
    private readonly webhooks: WebhookOutboxService,
    private readonly checks: GateCheckCountService,
  ) {
    collectDefaultMetrics({ register: registry });
    this.#durations = new Histogram({
      name: 'portillon_http_request_seconds',
      help: 'Time to answer, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    });
    this.#addSealing();
    this.#addTimes();
    this.#addWebhooks();
    this.#addChecks();
  }

  async scrape(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  /** Measures every answer, by route pattern and never by address. */
  measureAnswers(server: FastifyInstance): void {
    server.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'unknown';
      const labels = { method: request.method, route, status: reply.statusCode };
      this.#durations.observe(labels, reply.elapsedTime / 1_000);
    });
  }

  /** How far the journal is sealed. */
  #addSealing(): void {
    const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [this.registry] });
    const sealedAt = gauge('portillon_audit_sealed_timestamp_seconds', 'When the last seal was made.');
    const waiting = gauge(
      'portillon_audit_waiting_seconds',
      'How long the oldest line without a seal has waited.',
    );
    const sequence = gauge(
      'portillon_audit_head_sequence',
      'Number of the last seal of the journal; it never goes back.',
    );
    this.registry.readAtScrape([sealedAt, waiting, sequence], async () => {
      const { head, waitingMs } = await this.seals.state();
      sequence.set(head?.sequence ?? 0);
      sealedAt.set((head?.sealedAt.getTime() ?? 0) / 1_000);
      waiting.set(waitingMs / 1_000);
    });
  }

  /** What bites on a day that is known before, and clocks that part. */
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
      const all = await this.expiries.all();
      // The one that ends first comes first, and counts where several bear one name.
      for (const { setting, subject, at } of all.reverse())
        expiry.set({ setting, subject }, (at?.getTime() ?? 0) / 1_000);
    });
    this.registry.readAtScrape([skew], async () => skew.set(((await this.skew.measure()) ?? 0) / 1_000));
  }

  /** Whether what is told to others arrives. */
  #addWebhooks(): void {
    const failing = new Gauge({
      name: 'portillon_webhook_failing_endpoints',
      help: 'Webhooks that some delivery has failed to reach and is tried again.',
      registers: [this.registry],
    });
    const deliveries = new Gauge({
      name: 'portillon_webhook_deliveries',
      help: 'Deliveries that are to be sent: waiting for the first try, or failing and tried again.',
      labelNames: ['state'],
      registers: [this.registry],
    });
    this.registry.readAtScrape([deliveries, failing], async () => {
      const health = await this.webhooks.health();
      deliveries.set({ state: 'waiting' }, health.waiting);
      deliveries.set({ state: 'failing' }, health.failing);
      failing.set(health.failingEndpoints);
    });
  }

  /** A check that lets pass is no line of the log: this is where it is seen. */
  #addChecks(): void {
    const { checks } = this;
    new Counter({
      name: 'portillon_gate_checks_total',
      help: 'Checks of the gate since this process started, by application and outcome.',
      labelNames: ['application', 'outcome'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { applicationId, outcome, count } of checks.all())
          this.inc({ application: applicationId, outcome }, count);
      },
    });
  }
}
