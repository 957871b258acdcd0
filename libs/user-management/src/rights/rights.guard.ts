import {
  CanActivate,
  ExecutionContext,
  Injectable,
  applyDecorators,
  SetMetadata,
  UseGuards,
  createParamDecorator,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiOAuth2 } from '@nestjs/swagger';
import { machineOf, SignInPolicy, MachineScope, ApiErrors } from '@portillon/access';
import { heldRoles } from '@portillon/account';
import { clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { AdministeredStructureService } from '../structures/administered-structure.service';
import { AccessRefusalService } from './access-refusal.service';
import { actorOf } from './actor';
import type { Administrator } from './actor';
import {
  Act,
  isWithinReach,
  RightsHolder,
  rightsScopeOf,
  scopeOfMachine,
  Scope,
  machineScope,
} from './rights.policy';

/** The metadata of a route. */
export interface RequiredRight {
  act: Act;
  /** The part of the path that names a structure, where a structure's administrator may not do the act. */
  structureParam?: string;
}

/** The metadata key of {@link RequiredRight}. */
const REQUIRED_RIGHT = 'portillon:right';

interface ScopedRequest extends FastifyRequest {
  portillonSession?: Session;
  portillonScope?: Scope;
}

/** Admits callers who may do the route's action; records the others in the journal. */
@Injectable()
class RightsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly policy: SignInPolicy,
    private readonly refusals: AccessRefusalService,
    private readonly structures: AdministeredStructureService,
  ) {}

  /** @throws AppError `permission.denied`, `means.too-weak`, `not-found` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const right = this.reflector.get<RequiredRight>(REQUIRED_RIGHT, context.getHandler());
    const request = context.switchToHttp().getRequest<ScopedRequest>();
    const session = request.portillonSession;
    const scope = await this.#scopeFor(right.act, request);
    if (!scope) return this.#refuse(right, request);
    if (session && !this.policy.letsAdminister(session))
      return this.refusals.askForStrongMeans(asking(request), { act: right.act });
    request.portillonScope = scope;
    return true;
  }

  /** Another structure looks like one that does not exist, also where the act is not this administrator's at all. */
  async #refuse({ act, structureParam }: RequiredRight, request: ScopedRequest): Promise<never> {
    const reach = await this.#scopeFor('structures.read', request);
    const structure = structureParam && (request.params as Record<string, string>)[structureParam];
    if (reach && structure && !isWithinReach(reach, structure))
      return this.refusals.hide(asking(request), { act, structure: structure.slice(0, 64) });
    return this.refusals.forbid(asking(request), 'role', { act });
  }

  async #scopeFor(act: Act, request: ScopedRequest): Promise<Scope | undefined> {
    const machine = machineOf(request);
    const { portillonSession: session } = request;
    const own = machine
      ? scopeOfMachine(act, machine)
      : session && rightsScopeOf(act, holderOfRights(session));
    return this.structures.withBelow(own);
  }
}

/** A session that a former release opened has the one structure. */
function holderOfRights({ principal: { roles, structure, memberships } }: Session): RightsHolder {
  if (!memberships) return { roles, memberships: structure ? [{ structure, roles }] : [] };
  return { roles: heldRoles({ roles, memberships }), memberships };
}

function asking(request: ScopedRequest) {
  return { actor: actorOf(request), client: clientOf(request) };
}

/**
 * Declares the action of a route: only a role that may do it, or a machine client with its scope, is admitted. Put it below
 * `@RequiresStepUp()`, because it runs first. `structureParam`: the path parameter that names a structure, for actions that
 * a structure's administrator may not do there.
 */
export const Requires = (act: Act, structureParam?: string) =>
  applyDecorators(
    SetMetadata(REQUIRED_RIGHT, { act, structureParam } satisfies RequiredRight),
    MachineScope(machineScope(act)),
    ...opensTo(machineScope(act)),
    UseGuards(RightsGuard),
    ApiErrors({ 403: ['permission.denied', 'means.too-weak'] }),
  );

/** For the OpenAPI document: with which scope an application does it. */
function opensTo(scope: string | null) {
  return scope === null ? [] : [ApiOAuth2([scope], 'application')];
}

/** The administrator of a route marked with `@Requires`. */
export const CurrentAdministrator = createParamDecorator(
  (_: unknown, context: ExecutionContext): Administrator => {
    const request = context.switchToHttp().getRequest<FastifyRequest & { portillonScope?: Scope }>();
    const { portillonScope: scope } = request;
    const actor = actorOf(request);
    if (!actor || !scope) throw new AppError('permission.denied');
    return { actor, scope, client: clientOf(request) };
  },
);
