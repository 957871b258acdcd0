import fastifyCookie from '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import { audited, AccessCookies, CookieJar, MeansRegistry, personOf } from '@portillon/access';
import { clientOf } from '@portillon/http';
import { Session, SessionService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { stateOf } from '../provider/oidc-context';
import { SignOutCookie } from './sign-out.cookie';
import { AskedSignOut, SignOutReturnService } from './sign-out-return.service';

/** Signing out at the request of an application (RP-Initiated Logout): the session ends, everywhere. */
@Injectable()
export class SignOutService {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: AccessCookies,
    private readonly journal: AuditService,
    private readonly means: MeansRegistry,
    private readonly returns: SignOutReturnService,
    private readonly returnCookie: SignOutCookie,
  ) {}

  async end(
    session: Session,
    asked: AskedSignOut,
    request: FastifyRequest,
    ctx: KoaContextWithOIDC,
  ): Promise<void> {
    await this.sessions.end(session.id, 'sign-out');
    const event = { name: 'authn_logout', outcome: 'SUCCESS', means: session.means } as const;
    await this.journal.record(audited(clientOf(request), personOf(session), event));
    this.cookies.clearSession(jarOf(ctx));
    await this.#goOn(session, asked, ctx);
  }

  /** Also signs out at the provider that proved the user's identity, and returns to the application afterwards. */
  async #goOn(session: Session, asked: AskedSignOut, ctx: KoaContextWithOIDC): Promise<void> {
    const next = await this.means.signOut(session, jarOf(ctx), 'application');
    if (!next) return;
    this.returnCookie.set(jarOf(ctx), await this.returns.keep(asked));
    stateOf(ctx).signOutNext = next;
  }
}

function jarOf(ctx: KoaContextWithOIDC): CookieJar {
  return {
    header: (name, value) => ctx.set(name, value),
    setCookie: (name, value, options) =>
      ctx.append('Set-Cookie', fastifyCookie.serialize(name, value, options)),
  };
}
