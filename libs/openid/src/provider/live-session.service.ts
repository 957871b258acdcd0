import { Injectable } from '@nestjs/common';
import { AccessCookies } from '@portillon/access';
import { Clock } from '@portillon/kernel';
import { isCodeLate, Session, SessionService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { RequestRegistry } from './request-registry.service';

/** Reads the session of this service for the provider: open, and with a code that is still valid. */
@Injectable()
export class LiveSessionService {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: AccessCookies,
    private readonly requests: RequestRegistry,
    private readonly clock: Clock,
  ) {}

  /** Returns the session of the browser's cookie, even when its code is late. */
  async ofBrowser(request: FastifyRequest): Promise<Session | undefined> {
    return unlimited(await this.sessions.find(this.cookies.session(request)));
  }

  /** Returns the session with this id, for a code or token that it issued. Read once per request. */
  async get(id: string, { req }: KoaContextWithOIDC): Promise<Session | undefined> {
    const session = unlimited(await this.requests.session(req, id, (one) => this.sessions.get(one)));
    return session && !this.codeIsLate(session) ? session : undefined;
  }

  /** Whether the session's 24 hours are over: it then opens no application before a new code. */
  codeIsLate(session: Session): boolean {
    return isCodeLate(session, this.clock.now());
  }
}

/** A session that may only add a strong means opens no application. */
function unlimited(session: Session | undefined): Session | undefined {
  return session?.proof.limitedTo ? undefined : session;
}
