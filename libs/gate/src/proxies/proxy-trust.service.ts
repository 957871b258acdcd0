import { Inject, Injectable } from '@nestjs/common';
import { isAmong, isSameSecret } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import { GATE_OPTIONS, type GateOptions } from '../gate.options';
import type { Unreadable } from './gated-request.types';

/** Whether the caller is one of our proxies: then all its headers are trusted, otherwise none. */
@Injectable()
export class ProxyTrustService {
  constructor(@Inject(GATE_OPTIONS) private readonly options: GateOptions) {}

  /** Whether the operator named a proxy (`GATE_PROXIES`): else none is believed. */
  get namesProxies(): boolean {
    return this.options.proxies.length > 0;
  }

  /** Why the proxy is refused, if it is. The address is that of the connection: no header can claim it. */
  doubt({ raw, headers }: FastifyRequest): Unreadable | undefined {
    if (!isAmong(raw.socket.remoteAddress, this.options.proxies)) return 'proxy-not-named';
    const { proxySecret } = this.options;
    if (proxySecret === null || isSameSecret(headers['x-portillon-proxy-secret'], proxySecret))
      return undefined;
    return 'proxy-not-proved';
  }
}
