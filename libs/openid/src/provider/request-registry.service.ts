import { Injectable } from '@nestjs/common';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { ClientCertificate } from '../openid.options';

interface Known {
  request: FastifyRequest;
  certificate: ClientCertificate | undefined;
  /** The sessions that this request has read, by id. */
  sessions: Map<string, Promise<Session | undefined>>;
}

/**
 * The library sees Node's request; what Fastify has made of it (cookies, the client's address) is found again here, with
 * the certificate that the client presented: the library asks for it at once, and verifying it takes longer. So is the
 * session of a code or token, which several steps ask for.
 */
@Injectable()
export class RequestRegistry {
  readonly #requests = new WeakMap<IncomingMessage, Known>();

  add(request: FastifyRequest, certificate: ClientCertificate | undefined): void {
    this.#requests.set(request.raw, { request, certificate, sessions: new Map() });
  }

  of(raw: IncomingMessage): FastifyRequest {
    return this.#requests.get(raw)!.request;
  }

  certificateOf(raw: IncomingMessage): ClientCertificate | undefined {
    return this.#requests.get(raw)!.certificate;
  }

  /** The session of this id, as this request read it first. */
  session(
    raw: IncomingMessage,
    id: string,
    read: (id: string) => Promise<Session | undefined>,
  ): Promise<Session | undefined> {
    const { sessions } = this.#requests.get(raw)!;
    const session = sessions.get(id) ?? read(id);
    sessions.set(id, session);
    return session;
  }
}
