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
 * Finds the Fastify data of a request (cookies, client address), because the library has only Node's request. Also holds
 * the client's certificate, which the library needs at once and which takes longer to verify, and sessions that several
 * steps read.
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

  /** Returns the session with this id, as this request first read it. */
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
