import { Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { SessionClientService } from '@portillon/openid';
import type { FastifyInstance } from 'fastify';

export interface RedeemableCode {
  code: string;
  verifier: string;
  clientId: string;
  redirectUri: string;
}

export interface RedeemedCode {
  /** The application's id of the session, which a back-channel logout names. */
  sid: string;
  sessionId: string;
}

/**
 * The gate as a client of the OpenID provider: it calls the token endpoint within the process, with all of its guards.
 */
@Injectable()
export class CodeRedemptionService {
  readonly #logger = new Logger('Gate');

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly clients: SessionClientService,
  ) {}

  /** The session that the code was given in; nothing when the provider refuses it. */
  async redeem(code: RedeemableCode): Promise<RedeemedCode | undefined> {
    const sid = await this.#ask(code);
    const sessionId = sid && (await this.clients.sessionOf(sid, code.clientId));
    return sessionId ? { sid, sessionId } : undefined;
  }

  async #ask({ code, verifier, clientId, redirectUri }: RedeemableCode): Promise<string | undefined> {
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      client_id: clientId,
      redirect_uri: redirectUri,
    });
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const answer = await server.inject({
      method: 'POST',
      url: '/oidc/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: form.toString(),
    });
    if (answer.statusCode === 200) return sidOf(answer.json<{ id_token: string }>().id_token);
    this.#logger.warn(`code refused: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
    return undefined;
  }
}

/** The token comes directly from our own provider, so it is read without a signature check. */
function sidOf(idToken: string): string | undefined {
  const payload = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString();
  const { sid } = JSON.parse(payload) as { sid?: unknown };
  return typeof sid === 'string' ? sid : undefined;
}
