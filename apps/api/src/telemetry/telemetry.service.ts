import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import type { FastifyInstance } from 'fastify';
import { SETTINGS } from '../settings/settings.token';
import type { Settings } from '../settings/settings';
import type { Tracing } from './tracing';

/** Traces by OpenTelemetry. Nothing of it is loaded unless a collector is named. */
@Injectable()
export class TelemetryService implements OnApplicationShutdown {
  #tracing?: Tracing;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly keyring: Keyring,
  ) {}

  /** From now on each request of `server` is a span, and so is each call to another program that it waits for. */
  async traceRequests(server: FastifyInstance, instance: string): Promise<void> {
    const { telemetry } = this.settings;
    if (!telemetry) return;
    const { Tracing } = await import('./tracing.js');
    this.#tracing = new Tracing(telemetry, instance, this.keyring);
    this.#tracing.follow(server);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#tracing?.close();
  }
}
