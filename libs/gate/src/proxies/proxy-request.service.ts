import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readRequest, ToldRequest, unreadable } from './gated-request';
import type { GatedReading } from './gated-request.types';
import { partsOfUrl } from './gated-url';
import { ProxyHeaders } from './proxy-headers';
import { ProxyTrustService } from './proxy-trust.service';

/** Where Envoy puts the path of the request that it asks about behind. */
const EXT_AUTHZ_PATH = '/api/gate/ext-authz';

type Telling = (headers: ProxyHeaders, request: FastifyRequest) => ToldRequest;

/** The request that a proxy asks about, by the proxy's own way to tell it. Believed from the named proxies alone. */
@Injectable()
export class ProxyRequestService {
  constructor(private readonly trust: ProxyTrustService) {}

  /** Traefik's ForwardAuth, Caddy's `forward_auth`, HAProxy's auth-request: `X-Forwarded-…`. */
  forwardAuth(request: FastifyRequest): GatedReading {
    return this.#read(request, (headers) => ({
      scheme: headers.get('x-forwarded-proto'),
      host: headers.get('x-forwarded-host'),
      target: headers.get('x-forwarded-uri'),
      method: headers.get('x-forwarded-method'),
    }));
  }

  /** nginx's `auth_request`: `X-Original-URL` and `X-Original-Method`, which its configuration writes. */
  authRequest(request: FastifyRequest): GatedReading {
    return this.#read(request, (headers) => ({
      ...partsOfUrl(headers.get('x-original-url') ?? ''),
      method: headers.get('x-original-method'),
    }));
  }

  /** Envoy's HTTP ext_authz: the request's own method and Host, its path behind a prefix. */
  extAuthz(request: FastifyRequest): GatedReading {
    return this.#read(request, (headers, { method, raw }) => ({
      scheme: headers.get('x-forwarded-proto'),
      host: headers.get('host'),
      target: raw.url?.startsWith(`${EXT_AUTHZ_PATH}/`) ? raw.url.slice(EXT_AUTHZ_PATH.length) : undefined,
      method,
    }));
  }

  /** A page of ours on an application's host, such as its callback: which host that is. */
  ownPage(request: FastifyRequest): GatedReading {
    return this.#read(request, (headers, { method, raw }) => ({
      scheme: headers.get('x-forwarded-proto'),
      host: headers.get('x-forwarded-host'),
      target: raw.url,
      method,
    }));
  }

  #read(request: FastifyRequest, telling: Telling): GatedReading {
    const headers = new ProxyHeaders(request.raw.rawHeaders);
    const doubt = this.trust.doubt(request) ?? headers.doubt();
    if (doubt) return unreadable(doubt);
    return readRequest(telling(headers, request), { headers, peer: request.raw.socket.remoteAddress });
  }
}
