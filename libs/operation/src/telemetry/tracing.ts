import { setTimeout as pause } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { SECOND, type Keyring } from '@portillon/kernel';
import type { FastifyInstance } from 'fastify';
import type { TelemetryOptions } from '../operation.options';
import { followCalls } from './call-spans';
import { followFetches } from './fetch-spans';
import { KeyedRatioSampler } from './keyed-ratio.sampler';
import { followRequests } from './request-spans';

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
