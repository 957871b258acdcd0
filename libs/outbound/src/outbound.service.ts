import { Inject, Injectable, OnModuleDestroy } from '@nestjs/common';
import { failureReason } from './failure-reason';
import { HostResolver } from './host-resolver.service';
import type { OutboundClient } from './outbound-client';
import { OUTBOUND_OPTIONS, type OutboundOptions } from './outbound.options';
import { refusalOf, UrlRefusal } from './url.policy';
import type { OutboundFailure, OutboundRequest, OutboundResult } from './outbound.types';

const TIMEOUT_MS = 10_000;

/**
 * Sends requests to `https://` addresses from outside (a webhook, a client's keys) without giving access to our
 * network: see the guarantees in the README.
 */
@Injectable()
export class OutboundService implements OnModuleDestroy {
  #client?: Promise<OutboundClient>;

  constructor(
    @Inject(OUTBOUND_OPTIONS) private readonly options: OutboundOptions,
    private readonly resolver: HostResolver,
  ) {}

  /**
   * Returns why `url` will always be refused, without any request: for the validation of a form. A name is resolved
   * only at the request, since its address may change.
   */
  refusalOf(url: string): UrlRefusal | undefined {
    return refusalOf(url, this.options.allow);
  }

  /** Sends one request and returns its answer. Never throws for a fault of the other side; follows no redirects. */
  async send(url: string, asked: OutboundRequest): Promise<OutboundResult> {
    const refusal = this.refusalOf(url);
    if (refusal) return failed(refusal);
    const { timeoutMs = TIMEOUT_MS, ...what } = asked;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const client = await this.#loadClient();
      return await client.ask(url, what, signal);
    } catch (error) {
      return failed(failureReason(error));
    }
  }

  /** undici, 110 files, is loaded at the first request: most commands and many servers make none. */
  #loadClient(): Promise<OutboundClient> {
    this.#client ??= import('./outbound-client.js').then(
      ({ OutboundClient }) => new OutboundClient(this.options, this.resolver),
    );
    return this.#client;
  }

  async onModuleDestroy(): Promise<void> {
    await (await this.#client)?.close();
  }
}

function failed(reason: OutboundFailure['reason']): OutboundFailure {
  return { outcome: 'failed', reason };
}
