import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SignInPolicy } from '@portillon/auth';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { AccessRefusalService } from './access-refusal.service';
import { Act, scopeOf, Scope } from './rights.policy';

/** What a route is marked with. */
export interface RequiredRight {
  act: Act;
  /** The part of the path that names a structure, where a structure's administrator may not do the act. */
  structureParam?: string;
}

/** The metadata key of {@link RequiredRight}. */
export const REQUIRED_RIGHT = 'portillon:right';

interface ScopedRequest extends FastifyRequest {
  portillonSession?: Session;
  portillonScope?: Scope;
}

/** Admits who may do what the route is marked with; the journal keeps who tried. */
@Injectable()
export class RightsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly policy: SignInPolicy,
    private readonly refusals: AccessRefusalService,
  ) {}

  /** @throws AppError `permission.denied`, `means.too-weak`, `not-found` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const right = this.reflector.get<RequiredRight>(REQUIRED_RIGHT, context.getHandler());
    const request = context.switchToHttp().getRequest<ScopedRequest>();
    const session = request.portillonSession;
    const scope = session && scopeOf(right.act, session.principal);
    if (!scope) return this.#refuse(right, request, session);
    if (!this.policy.letsAdminister(session))
      return this.refusals.askForStrongMeans({ session, client: clientOf(request) }, { act: right.act });
    request.portillonScope = scope;
    return true;
  }

  /** Another structure looks like one that does not exist, also where the act is not this administrator's at all. */
  #refuse(
    { act, structureParam }: RequiredRight,
    request: ScopedRequest,
    session: Session | undefined,
  ): Promise<never> {
    const asking = { session, client: clientOf(request) };
    const reach = session && scopeOf('structures.read', session.principal);
    const structure = structureParam && (request.params as Record<string, string>)[structureParam];
    if (reach && structure && structure !== reach.structureId)
      return this.refusals.hide(asking, { act, structure: structure.slice(0, 64) });
    return this.refusals.forbid(asking, 'role', { act });
  }
}
