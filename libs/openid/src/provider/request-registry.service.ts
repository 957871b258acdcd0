import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { ClientCertificate } from '../openid.options';

interface Known {
  request: FastifyRequest;
  certificate: ClientCertificate | undefined;
}

/**
 * The library sees Node's request; what Fastify has made of it (cookies, the client's address) is found again here, with
 * the certificate that the client presented: the library asks for it at once, and verifying it takes longer.
 */
@Injectable()
export class RequestRegistry {
  readonly #requests = new WeakMap<IncomingMessage, Known>();

  add(request: FastifyRequest, certificate: ClientCertificate | undefined): void {
    this.#requests.set(request.raw, { request, certificate });
  }

  of(raw: IncomingMessage): FastifyRequest {
    return this.#requests.get(raw)!.request;
  }

  certificateOf(raw: IncomingMessage): ClientCertificate | undefined {
    return this.#requests.get(raw)!.certificate;
  }
}
