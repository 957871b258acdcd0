import { Inject, Injectable, OnModuleDestroy } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { mayConnect } from './address.policy';
import { failureReason } from './failure-reason';
import { HostResolver } from './host-resolver.service';
import type { OutboundClient } from './outbound-client';
import { OUTBOUND_OPTIONS, type OutboundOptions } from './outbound.options';
import type { OutboundFailure, OutboundRequest, OutboundResult } from './outbound.types';

const TIMEOUT_MS = 10_000;
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/**
 * Asks `https://` addresses that others chose (a webhook, a client's keys) without lending them our place in the network:
 * see the guarantees in the README.
 */
@Injectable()
export class OutboundService implements OnModuleDestroy {
  #client?: Promise<OutboundClient>;

  constructor(
    @Inject(OUTBOUND_OPTIONS) private readonly options: OutboundOptions,
    private readonly resolver: HostResolver,
  ) {}

  /**
   * Why `url` will never be asked, as far as can be seen without asking anything: for a form that takes one. A name that
   * leads inside is seen when it is asked only, since its answer may be another one then.
   */
  refusalOf(url: string): 'url-refused' | 'address-refused' | undefined {
    if (!URL.canParse(url)) return 'url-refused';
    const { protocol, username, password, hostname } = new URL(url);
    if (username || password) return 'url-refused';
    // The parser has turned decimal, octal and hexadecimal hosts into dotted ones.
    const host = hostname.replace(/^\[|\]$/g, '');
    if (protocol !== 'https:' && !this.#mayGoInClear(protocol, host)) return 'url-refused';
    return ipaddr.isValid(host) && !mayConnect(host, host, this.options.allow)
      ? 'address-refused'
      : undefined;
  }

  /** One request and its answer. Never throws for what the other side does; follows no redirect. */
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

  /** To a program beside this one, which the operator names: nothing leaves the machine. */
  #mayGoInClear(protocol: string, host: string): boolean {
    return protocol === 'http:' && LOOPBACK.includes(host) && this.options.allow.includes(host);
  }

  /** undici, 110 files, is loaded for the first request: most commands and many servers make none. */
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
