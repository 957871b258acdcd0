import fastifyCookie from '@fastify/cookie';
import { Injectable, Inject } from '@nestjs/common';
import { AccessCookies, audited, CookieJar, MeansRegistry, holderOf } from '@portillon/access';
import { ApplicationService } from '@portillon/application';
import { AuditService } from '@portillon/audit';
import { clientOf } from '@portillon/http';
import { issueToken, Random, MINUTE, SECOND } from '@portillon/kernel';
import { Session, SessionService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { OPENID_OPTIONS } from '../openid.options';
import type { ResolvedOpenidOptions } from '../openid.options';
import { stateOf } from '../provider/oidc-context';

/** As long as the browser has to sign out elsewhere. */
const RETURN_SECONDS = (15 * MINUTE) / SECOND;

const NAME = 'portillon_sign_out';

const MODEL = 'SignOutReturn';

/** The checked request of an application for a sign-out. */
export interface AskedSignOut {
  clientId?: string | undefined;
  postLogoutRedirectUri?: string | undefined;
  /** The application's own value, returned unchanged. */
  state?: string | undefined;
}

/** Recognises, when it returns, the browser that signs out elsewhere. It opens no guarded route. */
@Injectable()
export class SignOutCookie {
  readonly #secure: boolean;

  constructor(@Inject(OPENID_OPTIONS) { publicUrl }: ResolvedOpenidOptions) {
    this.#secure = publicUrl.startsWith('https:');
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.#name];
  }

  /** Without a token: deletes the cookie of an earlier sign-out. */
  set(answer: CookieJar, token: string | undefined): void {
    const attributes = { httpOnly: true, secure: this.#secure, sameSite: 'lax', path: '/' } as const;
    void answer.setCookie(this.#name, token ?? '', { ...attributes, maxAge: token ? RETURN_SECONDS : 0 });
  }

  /** The prefix keeps a neighbouring subdomain from planting one. */
  get #name(): string {
    return this.#secure ? `__Host-${NAME}` : NAME;
  }
}

/** Signing out at the request of an application (RP-Initiated Logout): the session ends, everywhere. */
@Injectable()
export class SignOutService {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: AccessCookies,
    private readonly journal: AuditService,
    private readonly means: MeansRegistry,
    private readonly returnCookie: SignOutCookie,
    private readonly artifacts: OpenidArtifactService,
    private readonly applications: ApplicationService,
    private readonly random: Random,
  ) {}

  async end(
    session: Session,
    asked: AskedSignOut,
    request: FastifyRequest,
    ctx: KoaContextWithOIDC,
  ): Promise<void> {
    await this.sessions.end(session.id, 'sign-out');
    const event = { name: 'authn_logout', outcome: 'SUCCESS', means: session.means } as const;
    await this.journal.record(audited(clientOf(request), holderOf(session), event));
    this.cookies.clearSession(jarOf(ctx));
    await this.#goOn(session, asked, ctx);
  }

  /** A token for this browser; nothing when the application named no address. */
  async saveReturn({ clientId, postLogoutRedirectUri, state }: AskedSignOut): Promise<string | undefined> {
    if (!clientId || !postLogoutRedirectUri) return undefined;
    const { value } = issueToken(this.random);
    const asked: AskedSignOut = { clientId, postLogoutRedirectUri, state };
    await this.artifacts.put(MODEL, value, { state: { ...asked } }, RETURN_SECONDS);
    return value;
  }

  /** The application's address, once; nothing when it is no longer one of an active application. */
  async takeReturn(token: string | undefined): Promise<string | undefined> {
    const kept = token === undefined ? undefined : await this.artifacts.find(MODEL, token);
    if (!kept || !(await this.artifacts.consume(MODEL, token!))) return undefined;
    const { clientId, postLogoutRedirectUri, state } = kept.state as AskedSignOut;
    const application = await this.applications.get(clientId!);
    if (application?.status !== 'active') return undefined;
    if (!application.postLogoutRedirectUris.includes(postLogoutRedirectUri!)) return undefined;
    return withState(postLogoutRedirectUri!, state);
  }

  /** Also signs out at the provider that proved the user's identity, and returns to the application afterwards. */
  async #goOn(session: Session, asked: AskedSignOut, ctx: KoaContextWithOIDC): Promise<void> {
    const next = await this.means.signOut(session, jarOf(ctx), 'application');
    if (!next) return;
    this.returnCookie.set(jarOf(ctx), await this.saveReturn(asked));
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

function withState(address: string, state: string | undefined): string {
  const url = new URL(address);
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}
