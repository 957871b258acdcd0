import { Inject, Injectable, OnModuleDestroy } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { Agent, Dispatcher, request } from 'undici';
import { mayConnect } from './address.policy';
import { failureReason } from './failure-reason';
import { OUTBOUND_OPTIONS } from './outbound.options';
import type { OutboundOptions } from './outbound.options';
import type { OutboundAnswer, OutboundFailure, OutboundRequest, OutboundResult } from './outbound.types';

const TIMEOUT_MS = 10_000;
const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/**
 * Asks `https://` addresses that others chose (a webhook, a client's keys) without lending them our place in the network:
 * see the guarantees in the README.
 */
@Injectable()
export class OutboundService implements OnModuleDestroy {
  constructor(
    @Inject(OUTBOUND_OPTIONS) private readonly options: OutboundOptions,
    private readonly agent: Agent,
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
      return await answerOf(await request(url, { ...what, signal, dispatcher: this.agent }));
    } catch (error) {
      return failed(failureReason(error));
    }
  }

  /** To a program beside this one, which the operator names: nothing leaves the machine. */
  #mayGoInClear(protocol: string, host: string): boolean {
    return protocol === 'http:' && LOOPBACK.includes(host) && this.options.allow.includes(host);
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }
}

async function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<OutboundAnswer> {
  const joined = Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]);
  const text = await body.text();
  return {
    outcome: 'answered',
    status: statusCode,
    headers: Object.fromEntries(joined) as Record<string, string>,
    body: text,
  };
}

function failed(reason: OutboundFailure['reason']): OutboundFailure {
  return { outcome: 'failed', reason };
}
