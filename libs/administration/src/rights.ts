import {
  applyDecorators,
  CanActivate,
  ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiForbiddenResponse } from '@nestjs/swagger';
import { Audit } from '@portillon/audit';
import { audited, personOf, Problem } from '@portillon/auth';
import { clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';

const NATIONAL = ['national-admin'] as const;
const BOTH = ['structure-admin', 'national-admin'] as const;

/** Who may do what: the one place where it is decided. A structure's administrator acts within the own structure. */
export const RIGHTS = {
  'accounts.read': BOTH,
  'accounts.create': BOTH,
  'accounts.edit': BOTH,
  'accounts.unlock': BOTH,
  'accounts.deactivate': BOTH,
  'accounts.reactivate': BOTH,
  'accounts.reset-factors': BOTH,
  'accounts.revoke-sessions': BOTH,
  'accounts.resend-invitation': BOTH,
  'accounts.link': BOTH,
  'accounts.erase': BOTH,
  'accounts.emergency-access': BOTH,
  'accounts.import': BOTH,
  'accounts.export': BOTH,
  'structures.read': BOTH,
  'structures.create': NATIONAL,
  'structures.edit': NATIONAL,
  'policies.read': BOTH,
  'policies.edit': BOTH,
  'events.read': BOTH,
  'events.export': BOTH,
  'reports.read': BOTH,
} as const satisfies Record<string, readonly AdministratorRole[]>;

export type Act = keyof typeof RIGHTS;
export type AdministratorRole = 'structure-admin' | 'national-admin';

/** What an administrator reaches: one structure, or every one when `structureId` is null. */
export interface Scope {
  structureId: string | null;
}

/** The scope in which these roles may do `act`; nothing when they may not. The widest of several roles counts. */
export function scopeOf(
  act: Act,
  person: { roles: readonly string[]; structure: { id: string } | null },
): Scope | undefined {
  const may = (role: AdministratorRole) =>
    person.roles.includes(role) && (RIGHTS[act] as readonly string[]).includes(role);
  if (may('national-admin')) return { structureId: null };
  // Without a structure there is nothing to administer: null would read as every one.
  return may('structure-admin') && person.structure ? { structureId: person.structure.id } : undefined;
}

const ACT = 'portillon:act';

interface ScopedRequest extends FastifyRequest {
  portillonSession?: Session;
  portillonScope?: Scope;
}

/** Lets through who may do what the route is marked with; the journal keeps who tried. */
@Injectable()
class RightsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: Audit,
  ) {}

  /** @throws AppError `permission.denied` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const act = this.reflector.get<Act>(ACT, context.getHandler());
    const request = context.switchToHttp().getRequest<ScopedRequest>();
    const session = request.portillonSession;
    const scope = session && scopeOf(act, session.principal);
    if (!scope) return this.#deny(act, request, session);
    request.portillonScope = scope;
    return true;
  }

  async #deny(act: Act, request: FastifyRequest, session: Session | undefined): Promise<never> {
    const event = { name: 'authz_fail', outcome: 'FAILURE', reason: 'role', data: { act } } as const;
    await this.audit.record(audited(clientOf(request), session && personOf(session), event));
    throw new AppError('permission.denied', 'forbidden');
  }
}

/** Marks a route with the act that it is; only whose role may do it comes in. Put it below `@Fresh()`: it goes first. */
export const Requires = (act: Act) =>
  applyDecorators(
    SetMetadata(ACT, act),
    UseGuards(RightsGuard),
    ApiForbiddenResponse({ description: '`permission.denied`', type: Problem }),
  );
