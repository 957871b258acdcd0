import { Injectable } from '@nestjs/common';
import { AccessCookies } from '@portillon/access';
import { Clock } from '@portillon/kernel';
import { isCodeLate, Session, SessionService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { RequestRegistry } from './request-registry.service';

/** The session of this service as the provider may use it: open, and with a code that still holds. */
@Injectable()
export class LiveSessionService {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: AccessCookies,
    private readonly requests: RequestRegistry,
    private readonly clock: Clock,
  ) {}

  /** The one whose cookie the browser has, though its code may be late. */
  async ofBrowser(request: FastifyRequest): Promise<Session | undefined> {
    return unlimited(await this.sessions.find(this.cookies.session(request)));
  }

  /** The one of this id, for what was issued under it: read once in a request. */
  async get(id: string, { req }: KoaContextWithOIDC): Promise<Session | undefined> {
    const session = unlimited(await this.requests.session(req, id, (one) => this.sessions.get(one)));
    return session && !this.codeIsLate(session) ? session : undefined;
  }

  /** Whether its 24 hours are over, and it opens nothing before a new code. */
  codeIsLate(session: Session): boolean {
    return isCodeLate(session, this.clock.now());
  }
}

/** A session that may only add a strong means opens no application. */
function unlimited(session: Session | undefined): Session | undefined {
  return session?.proof.limitedTo ? undefined : session;
}
