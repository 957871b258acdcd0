import { Inject, Injectable } from '@nestjs/common';
import { AccessCookies } from '@portillon/access';
import {
  ACR_OF_MEANS,
  type AcrOfMeans,
  ApplicationEntity,
  mayOpen,
  audienceMemberOf,
} from '@portillon/application';
import { Clock } from '@portillon/kernel';
import { isCodeLate, Session, SessionService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { RequestRegistry } from './request-registry.service';
import { proofsOf } from './level.policy';
import { reachesLevel, requirementOf } from './requirement.policy';

/** Reads the session of this service for the provider: open, and with a code that is still valid. */
@Injectable()
export class LiveSessionService {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: AccessCookies,
    private readonly requests: RequestRegistry,
    private readonly clock: Clock,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
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

  /**
   * Returns the session with this id; undefined when it has ended, or may no longer open the application. Read at each use of a
   * token or code: the loss of a role, structure or level takes effect there too.
   */
  async getAdmitted(
    id: string,
    application: ApplicationEntity,
    ctx: KoaContextWithOIDC,
  ): Promise<Session | undefined> {
    const session = await this.get(id, ctx);
    if (!session || !mayOpen(application, audienceMemberOf(session, application))) return undefined;
    const requirement = requirementOf({}, application);
    const proofs = proofsOf(session, this.acrOfMeans);
    return proofs.some((proof) => reachesLevel(proof, requirement)) ? session : undefined;
  }
}

/** A session that may only add a strong means opens no application. */
function unlimited(session: Session | undefined): Session | undefined {
  return session?.proof.limitedTo ? undefined : session;
}
