import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import type { FastifyInstance } from 'fastify';
import { OPERATION_OPTIONS, type OperationOptions } from '../operation.options';
import type { Tracing } from './tracing';

/** Traces with OpenTelemetry, which is loaded only when a collector is configured. */
@Injectable()
export class TelemetryService implements OnApplicationShutdown {
  #tracing?: Tracing;

  constructor(
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
    private readonly keyring: Keyring,
  ) {}

  /** Starts a span for each request of `server`, and for each external call within it. */
  async traceRequests(server: FastifyInstance, instance: string): Promise<void> {
    const { telemetry, version } = this.options;
    if (!telemetry) return;
    const { Tracing } = await import('./tracing.js');
    this.#tracing = new Tracing(telemetry, { version, instance }, this.keyring);
    this.#tracing.follow(server);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#tracing?.close();
  }
}
