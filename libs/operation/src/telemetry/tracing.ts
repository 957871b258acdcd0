import { trace } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import {
  Sampler,
  SamplingDecision,
  SamplingResult,
  BatchSpanProcessor,
  NodeTracerProvider,
} from '@opentelemetry/sdk-trace-node';
import { SECOND } from '@portillon/kernel';
import type { Keyring } from '@portillon/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { FastifyInstance } from 'fastify';
import type { TelemetryOptions } from '../operation.options';
import { followCalls, followFetches, followRequests } from './spans';

const PURPOSE = 'telemetry.sample';
const WHOLE = 2 ** 32;

/**
 * Keeps a share of the traces, whole: all instances decide alike for a trace id. Uses a keyed digest of the id and ignores
 * the caller's flag. A stranger who writes `traceparent` can therefore neither force a trace nor choose an id that is kept.
 */
export class KeyedRatioSampler implements Sampler {
  constructor(
    private readonly ratio: number,
    private readonly keyring: Keyring,
  ) {}

  shouldSample(_context: Context, traceId: string): SamplingResult {
    const kept = this.#placeOf(traceId) < this.ratio;
    return { decision: kept ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD };
  }

  toString(): string {
    return `KeyedRatioSampler{${this.ratio}}`;
  }

  /** Returns a number from 0 to below 1. */
  #placeOf(traceId: string): number {
    const digest = this.keyring.digest(PURPOSE, [traceId]);
    return parseInt(digest.slice(digest.lastIndexOf('.') + 1).slice(0, 8), 16) / WHOLE;
  }
}

/** How long the end of a process waits for a collector that does not answer. */
const LAST_SPANS_MS = 2 * SECOND;

/**
 * Traces one process. Spans come from the events of Node, Fastify and undici, and from the kernel's `traced`. They have
 * only the attributes that this folder writes, so no library adds a text or an address. A bounded queue sends spans in the
 * background; a full queue drops them.
 */
export class Tracing {
  readonly #provider: NodeTracerProvider;

  constructor(
    { endpoint, headers, serviceName, ratio }: TelemetryOptions,
    process: { version: string; instance: string },
    keyring: Keyring,
  ) {
    const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, headers });
    this.#provider = new NodeTracerProvider({
      resource: resourceFromAttributes({
        'service.name': serviceName,
        'service.version': process.version,
        'service.instance.id': process.instance,
      }),
      sampler: new KeyedRatioSampler(ratio, keyring),
      spanProcessors: [new BatchSpanProcessor(exporter)],
    });
    this.#provider.register();
  }

  follow(server: FastifyInstance): void {
    const tracer = trace.getTracer('portillon');
    followRequests(server, tracer);
    followCalls(tracer);
    followFetches(tracer);
  }

  async close(): Promise<void> {
    const last = this.#provider.shutdown().catch(() => undefined);
    await Promise.race([last, pause(LAST_SPANS_MS, undefined, { ref: false })]);
  }
}
