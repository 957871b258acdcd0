import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readRequest, ForwardedRequest, unreadable } from './gated-request';
import type { ParseResult, UnreadableRequest } from './gated-request.types';
import { partsOfUrl } from './gated-url';
import { ProxyHeaders } from './proxy-headers';
import { ProxyTrustService } from './proxy-trust.service';

/** Where Envoy puts the path of the request that it asks about behind. */
const EXT_AUTHZ_PATH = '/api/gate/ext-authz';

type HeaderParser = (headers: ProxyHeaders, request: FastifyRequest) => ForwardedRequest;

/** Reads the request that a proxy asks about, in that proxy's format. Accepts it from the configured proxies only. */
@Injectable()
export class ProxyRequestService {
  constructor(private readonly trust: ProxyTrustService) {}

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

  #read(request: FastifyRequest, telling: HeaderParser): ParseResult {
    const headers = new ProxyHeaders(request.raw.rawHeaders);
    const peer = request.raw.socket.remoteAddress ?? '';
    const reading = readRequest(telling(headers, request), { headers, peer });
    const distrust = this.trust.doubt(request);
    if (distrust) return { ...unreadable(distrust), ...doubtedOf(reading) };
    const doubt = headers.doubt();
    return doubt ? unreadable(doubt) : reading;
  }
}

/** For the administrator who sets the application up; no decision uses it. */
function doubtedOf(reading: ParseResult): Pick<UnreadableRequest, 'doubted'> {
  if (reading.status !== 'read') return {};
  const { origin, proxy } = reading.request;
  return { doubted: { origin, proxy } };
}
