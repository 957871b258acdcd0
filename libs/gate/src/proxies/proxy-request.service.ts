import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import {
  ForwardedRequest,
  type ParseResult,
  partsOfUrl,
  ProxyHeaders,
  readRequest,
  unreadable,
  type Unreadable,
  type UnreadableRequest,
} from './gated-request';
import { isAmong, isSameSecret } from '@portillon/kernel';
import { GATE_OPTIONS, type GateOptions } from '../gate.options';

/** Where Envoy puts the path of the request that it asks about behind. */
const EXT_AUTHZ_PATH = '/api/gate/ext-authz';

type HeaderParser = (headers: ProxyHeaders, request: FastifyRequest) => ForwardedRequest;

/** Reads the request that a proxy asks about, in that proxy's format. Accepts it from the configured proxies only. */
@Injectable()
export class ProxyRequestService {
  constructor(@Inject(GATE_OPTIONS) private readonly options: GateOptions) {}

  /** Traefik's ForwardAuth, Caddy's `forward_auth`, HAProxy's auth-request: `X-Forwarded-…`. */
  forwardAuth(request: FastifyRequest): ParseResult {
    return this.#read(request, (headers) => ({
      scheme: headers.get('x-forwarded-proto'),
      host: headers.get('x-forwarded-host'),
      target: headers.get('x-forwarded-uri'),
      method: headers.get('x-forwarded-method'),
    }));
  }

  /** nginx's `auth_request`: `X-Original-URL` and `X-Original-Method`, which its configuration writes. */
  authRequest(request: FastifyRequest): ParseResult {
    return this.#read(request, (headers) => ({
      ...partsOfUrl(headers.get('x-original-url') ?? ''),
      method: headers.get('x-original-method'),
    }));
  }

  /** Envoy's HTTP ext_authz: the request's own method and Host, its path behind a prefix. */
  extAuthz(request: FastifyRequest): ParseResult {
    return this.#read(request, (headers, { method, raw }) => ({
      scheme: headers.get('x-forwarded-proto'),
      host: headers.get('host'),
      target: raw.url?.startsWith(`${EXT_AUTHZ_PATH}/`) ? raw.url.slice(EXT_AUTHZ_PATH.length) : undefined,
      method,
    }));
  }

  /** A page of ours on an application's host, such as its callback: which host that is. */
  ownPage(request: FastifyRequest): ParseResult {
    return this.#read(request, (headers, { method, raw }) => ({
      scheme: headers.get('x-forwarded-proto'),
      host: headers.get('x-forwarded-host'),
      target: raw.url,
      method,
    }));
  }

  /** Whether the operator named a proxy (`GATE_PROXIES`): else none is believed. */
  get namesProxies(): boolean {
    return this.options.proxies.length > 0;
  }

  /** Why the proxy is refused, if it is. The address is that of the connection: no header can claim it. */
  faultOfProxy({ raw, headers }: FastifyRequest): Unreadable | undefined {
    if (!isAmong(raw.socket.remoteAddress, this.options.proxies)) return 'proxy-not-named';
    const { proxySecret } = this.options;
    if (proxySecret === null || isSameSecret(headers['x-portillon-proxy-secret'], proxySecret))
      return undefined;
    return 'proxy-not-proved';
  }

  #read(request: FastifyRequest, telling: HeaderParser): ParseResult {
    const headers = new ProxyHeaders(request.raw.rawHeaders);
    const peer = request.raw.socket.remoteAddress ?? '';
    const reading = readRequest(telling(headers, request), { headers, peer });
    const untrusted = this.faultOfProxy(request);
    if (untrusted) return { ...unreadable(untrusted), ...suspiciousPart(reading) };
    const fault = headers.fault();
    return fault ? unreadable(fault) : reading;
  }
}

/** For the administrator who sets the application up; no decision uses it. */
function suspiciousPart(reading: ParseResult): Pick<UnreadableRequest, 'suspicious'> {
  if (reading.status !== 'read') return {};
  const { origin, proxy } = reading.request;
  return { suspicious: { origin, proxy } };
}
