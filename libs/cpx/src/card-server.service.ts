import type { SecureContextOptions, TLSSocket } from 'node:tls';
import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { SECOND } from '@portillon/kernel';
import { constants } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import type { Socket } from 'node:net';
import { CPX_OPTIONS, type CpxOptions } from './cpx.options';

/** All that the card's own origin serves. */
export const CARD_PATHS: readonly string[] = ['/api/sign-in/cpx', '/api/account/card/presentation'];

/** The page that helps whose card does not work. */
const HELP_PAGE = '/aide/carte';

const sockets = new WeakSet<TLSSocket>();

/** Marks a connection of the card's own port, which requests certificates. */
function markCardTls(socket: TLSSocket): void {
  sockets.add(socket);
}

export function endsCardTls(socket: TLSSocket): boolean {
  return sockets.has(socket);
}

/** The port's own certificate, and the authorities of the cards that it requests (PEM). */
export interface CardTls {
  cert: Buffer;
  key: Buffer;
  ca: string;
}

export interface CardListening {
  host: string;
  port: number;
  cert: Buffer;
  key: Buffer;
  /** The application, such as `fastify.routing`. */
  handler: RequestListener;
}

/**
 * The card's own port, the only one that requests a certificate from browsers. It serves only the routes of the card and
 * those where applications authenticate. An invalid certificate passes the handshake, so that users get our error page.
 */
@Injectable()
export class CardServerService implements OnApplicationShutdown {
  #server: Server | undefined;
  readonly #silent = new Set<Socket>();

  constructor(@Inject(CPX_OPTIONS) private readonly options: CpxOptions) {}

  async listen({ host, port, cert, key, handler }: CardListening): Promise<void> {
    const server = createServer(
      {
        ...contextOf({ cert, key, ca: this.options.trustBundle }),
        requestCert: true,
        rejectUnauthorized: false,
        handshakeTimeout: 30 * SECOND,
        requestTimeout: 30 * SECOND,
      },
      (request, response) => this.#answer(request, response, handler),
    );
    server.on('secureConnection', markCardTls);
    this.#followSilent(server);
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  }

  /** Takes another certificate and other authorities into use, from the next handshake on. @throws Error of OpenSSL */
  renew(renewed: CardTls): void {
    this.#server?.setSecureContext(contextOf(renewed));
  }

  /** A handshake that waits for a PIN, or a connection that a browser opened in advance, does not hold a stop up. */
  async onApplicationShutdown(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
      for (const socket of this.#silent) socket.destroy();
    });
  }

  #followSilent(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.#silent.add(socket);
      socket.once('close', () => this.#silent.delete(socket));
    });
    // Recognised by its port: the request has the TLS socket, not the one beneath it.
    server.on('request', ({ socket: { remotePort } }: IncomingMessage) => {
      for (const silent of this.#silent) if (silent.remotePort === remotePort) this.#silent.delete(silent);
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse, handler: RequestListener): void {
    // One connection, one card: the next presentation is a new act.
    response.setHeader('connection', 'close');
    const served = [...CARD_PATHS, ...this.options.applicationPaths];
    if (served.includes(request.url!.split('?', 1)[0]!)) return handler(request, response);
    response
      .writeHead(302, { location: `${this.options.publicUrl}${HELP_PAGE}`, 'cache-control': 'no-store' })
      .end();
  }
}

function contextOf({ cert, key, ca }: CardTls): SecureContextOptions {
  return {
    cert,
    key,
    // Sent to the browser, so that it offers only cards.
    ca,
    minVersion: 'TLSv1.2',
    // A session that is resumed shows a card that may have left the reader: each time is a full handshake.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}
