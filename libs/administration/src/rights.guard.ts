import {
  applyDecorators,
  CanActivate,
  ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RefusalJournalService } from '@portillon/audit';
import { audited, personOf, Refuses } from '@portillon/auth';
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

const MARK = 'portillon:act';

/** What a route is marked with. */
interface Mark {
  act: Act;
  structureParam?: string;
}

interface ScopedRequest extends FastifyRequest {
  portillonSession?: Session;
  portillonScope?: Scope;
}

/** Lets through who may do what the route is marked with; the journal keeps who tried. */
@Injectable()
class RightsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly refusals: RefusalJournalService,
  ) {}

  /** @throws AppError `permission.denied` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { act, structureParam } = this.reflector.get<Mark>(MARK, context.getHandler());
    const request = context.switchToHttp().getRequest<ScopedRequest>();
    const session = request.portillonSession;
    const scope = session && scopeOf(act, session.principal);
    if (!scope) {
      await this.#hideOther(act, structureParam, request, session);
      return this.#deny(act, request, session);
    }
    request.portillonScope = scope;
    return true;
  }

  /**
   * To who reaches one structure, another looks like one that does not exist: also where the act is not theirs at all.
   * @throws AppError `not-found`, and the journal says so
   */
  async #hideOther(
    act: Act,
    param: string | undefined,
    request: ScopedRequest,
    session: Session | undefined,
  ): Promise<void> {
    const reach = session && scopeOf('structures.read', session.principal);
    const structure = param && (request.params as Record<string, string>)[param];
    if (!reach || !structure || structure === reach.structureId) return;
    const data = { act, structure: structure.slice(0, 64) };
    const event = { name: 'authz_fail', outcome: 'FAILURE', reason: 'other-structure', data } as const;
    await this.refusals.record(audited(clientOf(request), personOf(session), event));
    throw new AppError('not-found');
  }

  async #deny(act: Act, request: FastifyRequest, session: Session | undefined): Promise<never> {
    const event = { name: 'authz_fail', outcome: 'FAILURE', reason: 'role', data: { act } } as const;
    await this.refusals.record(audited(clientOf(request), session && personOf(session), event));
    throw new AppError('permission.denied');
  }
}

/**
 * Marks a route with the act that it is; only whose role may do it comes in. Put it below `@RequiresStepUp()`: it goes first.
 * `structureParam`: the part of the path that names a structure, where a structure's administrator may not do the act.
 */
export const Requires = (act: Act, structureParam?: string) =>
  applyDecorators(
    SetMetadata(MARK, { act, structureParam } satisfies Mark),
    UseGuards(RightsGuard),
    Refuses({ 403: ['permission.denied'] }),
  );
