import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import { audited, AuthCookies, personOf } from '@portillon/auth';
import { clientOf } from '@portillon/http';
import { Session, SessionService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';

/** Signing out at the request of an application (RP-Initiated Logout): the session ends, everywhere. */
@Injectable()
export class SignOutService {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: AuthCookies,
    private readonly journal: AuditService,
  ) {}

  async end(session: Session, request: FastifyRequest, ctx: KoaContextWithOIDC): Promise<void> {
    await this.sessions.end(session.id, 'sign-out');
    const event = { name: 'authn_logout', outcome: 'SUCCESS', means: session.means } as const;
    await this.journal.record(audited(clientOf(request), personOf(session), event));
    ctx.append('Set-Cookie', this.cookies.clearedSession());
  }
}
