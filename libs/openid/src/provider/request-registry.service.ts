import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';

/** The library sees Node's request; what Fastify has made of it (cookies, the client's address) is found again here. */
@Injectable()
export class RequestRegistry {
  readonly #requests = new WeakMap<IncomingMessage, FastifyRequest>();

  add(request: FastifyRequest): void {
    this.#requests.set(request.raw, request);
  }

  of(raw: IncomingMessage): FastifyRequest {
    return this.#requests.get(raw)!;
  }
}
