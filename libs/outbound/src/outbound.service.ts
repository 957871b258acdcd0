import { Inject, Injectable, OnModuleDestroy } from '@nestjs/common';
import { refusalOf, UrlRefusal } from './address.policy';
import { HostResolver, ADDRESS_REFUSED } from './guarded-lookup';
import type { OutboundClient } from './outbound-client';
import { OUTBOUND_OPTIONS } from './outbound.options';
import type { OutboundOptions } from './outbound.options';
import type { OutboundFailure, OutboundRequest, OutboundResult } from './outbound.types';

const TIMEOUT_MS = 10_000;

const REASONS: Record<string, OutboundFailure['reason']> = {
  [ADDRESS_REFUSED]: 'address-refused',
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'answer-too-large',
};
/** Codes of OpenSSL and Node for a certificate that they reject. */
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/;

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

/** Classifies a request without an answer by the error of undici, Node or OpenSSL. */
function failureReason(error: unknown): OutboundFailure['reason'] {
  const { name, code = '' } = error as { name?: string; code?: string };
  if (name === 'TimeoutError') return 'timeout';
  return REASONS[code] ?? (CERTIFICATE.test(code) ? 'certificate-refused' : 'unreachable');
}
