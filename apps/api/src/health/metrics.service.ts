import { Injectable } from '@nestjs/common';
import { AuditSealService } from '@portillon/audit';
import { GateCheckCountService } from '@portillon/gate';
import { WebhookOutboxService } from '@portillon/webhook';
import type { FastifyInstance } from 'fastify';
import type { Histogram, Registry } from 'prom-client';
import { ClockSkewService } from './clock-skew.service';
import { ExpiryService } from './expiry.service';

type Prometheus = typeof import('prom-client');

/** What Prometheus reads. Its library is loaded at the first scrape: a process that is not scraped does not pay for it. */
@Injectable()
export class MetricsService {
  readonly #looks: (() => Promise<void>)[] = [];
  #registry?: Promise<Registry>;
  #durations?: Histogram;

  constructor(
    private readonly seals: AuditSealService,
    private readonly expiries: ExpiryService,
    private readonly skew: ClockSkewService,
    private readonly webhooks: WebhookOutboxService,
    private readonly checks: GateCheckCountService,
  ) {}

  /** What is so now. All is looked at before any of it is written: a gauge that another one sets would be a scrape old. */
  async scrape(): Promise<{ contentType: string; text: string }> {
    this.#registry ??= this.#open();
    const registry = await this.#registry;
    await Promise.all(this.#looks.map((look) => look()));
    return { contentType: registry.contentType, text: await registry.metrics() };
  }

  /** Measures every answer, by route pattern and never by address, from the first scrape on. */
  measureAnswers(server: FastifyInstance): void {
    server.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'unknown';
      const labels = { method: request.method, route, status: reply.statusCode };
      this.#durations?.observe(labels, reply.elapsedTime / 1_000);
    });
  }

  async #open(): Promise<Registry> {
    const prometheus = await import('prom-client');
    const registry = new prometheus.Registry();
    prometheus.collectDefaultMetrics({ register: registry });
    this.#durations = new prometheus.Histogram({
      name: 'portillon_http_request_seconds',
      help: 'Time to answer, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    });
    this.#addSealing(prometheus, registry);
    this.#addTimes(prometheus, registry);
    this.#addWebhooks(prometheus, registry);
    this.#addChecks(prometheus, registry);
    return registry;
  }

  /** How far the journal is sealed. */
  #addSealing({ Gauge }: Prometheus, registry: Registry): void {
    const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
    const sealedAt = gauge('portillon_audit_sealed_timestamp_seconds', 'When the last seal was made.');
    const waiting = gauge(
      'portillon_audit_waiting_seconds',
      'How long the oldest line without a seal has waited.',
    );
    const sequence = gauge(
      'portillon_audit_head_sequence',
      'Number of the last seal of the journal; it never goes back.',
    );
    this.#looks.push(async () => {
      const { head, waitingMs } = await this.seals.state();
      sequence.set(head?.sequence ?? 0);
      sealedAt.set((head?.sealedAt.getTime() ?? 0) / 1_000);
      waiting.set(waitingMs / 1_000);
    });
  }

  /** What bites on a day that is known before, and clocks that part. */
  #addTimes({ Gauge }: Prometheus, registry: Registry): void {
    const expiry = new Gauge({
      name: 'portillon_expiry_timestamp_seconds',
      help: 'Until when a certificate or a revocation list is good; 0: there is none that is.',
      labelNames: ['setting', 'subject'],
      registers: [registry],
    });
    const skew = new Gauge({
      name: 'portillon_clock_skew_seconds',
      help: 'How far the clock of this process is ahead of that of the database.',
      registers: [registry],
    });
    this.#looks.push(async () => {
      const all = await this.expiries.all();
      expiry.reset();
      // The one that ends first comes first, and counts where several bear one name.
      for (const { setting, subject, at } of all.reverse())
        expiry.set({ setting, subject }, (at?.getTime() ?? 0) / 1_000);
    });
    this.#looks.push(async () => skew.set(((await this.skew.measure()) ?? 0) / 1_000));
  }

  /** Whether what is told to others arrives. */
  #addWebhooks({ Gauge }: Prometheus, registry: Registry): void {
    const failing = new Gauge({
      name: 'portillon_webhook_failing_endpoints',
      help: 'Webhooks that some delivery has failed to reach and is tried again.',
      registers: [registry],
    });
    const deliveries = new Gauge({
      name: 'portillon_webhook_deliveries',
      help: 'Deliveries that are to be sent: waiting for the first try, or failing and tried again.',
      labelNames: ['state'],
      registers: [registry],
    });
    this.#looks.push(async () => {
      const health = await this.webhooks.health();
      deliveries.set({ state: 'waiting' }, health.waiting);
      deliveries.set({ state: 'failing' }, health.failing);
      failing.set(health.failingEndpoints);
    });
  }

  /** A check that lets pass is no line of the log: this is where it is seen. */
  #addChecks({ Counter }: Prometheus, registry: Registry): void {
    const checks = new Counter({
      name: 'portillon_gate_checks_total',
      help: 'Checks of the gate since this process started, by application and outcome.',
      labelNames: ['application', 'outcome'],
      registers: [registry],
    });
    this.#looks.push(async () => {
      checks.reset();
      for (const { applicationId, outcome, count } of this.checks.all())
        checks.inc({ application: applicationId, outcome }, count);
    });
  }
}
