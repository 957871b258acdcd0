import { CanActivate, createParamDecorator, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { PUBLIC_ROUTE, setCaller } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { isCodeLate, Session, SessionService } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessCookies } from './access.cookies';
import {
  MachineAccessRegistry,
  MACHINE_ROUTE,
  setMachine,
  type MachineAccess,
  type MachineRoute,
} from './machine-access.registry';

const LATE_CODE = 'portillon:late-code';

/** Marks the routes that a session may use when its code is over 24 hours old: to get a new code, or to end. */
export const AllowsLateCode = () => SetMetadata(LATE_CODE, true);

const ENROLMENT = 'portillon:enrolment';

/** Marks the routes of a session that may only add a strong means: read it, add a means, sign out. */
export const AllowsEnrolment = () => SetMetadata(ENROLMENT, true);

interface GuardedRequest extends FastifyRequest {
  portillonSession?: Session;
}

/** RFC 6750, 2: a request may contain only one kind of credentials. */
const TWO_WAYS = 'Bearer realm="portillon", error="invalid_request"';

/**
 * Closes every route that is not `@Public()`. The session cookie opens it; on routes with `@MachineScope()`, so does the
 * token of an application.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
    private readonly cookies: AccessCookies,
    private readonly clock: Clock,
    private readonly machines: MachineAccessRegistry,
  ) {}

  /** @throws AppError `session.required`, `code.required`, `enrolment.required`, and the errors of {@link MachineAccess} */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.#marked(context, PUBLIC_ROUTE)) return true;
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const route = this.#machineRoute(context);
    const access = route && this.machines.access;
    if (access && bearsToken(request)) return this.#admitMachine(access, request, reply, route);
    const session = await this.sessions.find(this.cookies.session(request));
    if (!session) {
      if (access) void reply.header('www-authenticate', access.challenge());
      throw new AppError('session.required');
    }
    this.#requireWhole(session, context);
    request.portillonSession = session;
    setCaller(request, { kind: 'person', id: session.accountId });
    return true;
  }

  /** @throws AppError `code.required`, `enrolment.required`, unless the route allows such a session */
  #requireWhole(session: Session, context: ExecutionContext): void {
    if (isCodeLate(session, this.clock.now()) && !this.#marked(context, LATE_CODE))
      throw new AppError('code.required');
    if (session.proof.limitedTo && !this.#marked(context, ENROLMENT))
      throw new AppError('enrolment.required');
  }

  /** @throws AppError `credentials.ambiguous` when the request also has a session: the actor would be unclear. */
  async #admitMachine(
    access: MachineAccess,
    request: GuardedRequest,
    reply: FastifyReply,
    route: MachineRoute,
  ): Promise<boolean> {
    if (this.cookies.session(request) !== undefined) {
      void reply.header('www-authenticate', TWO_WAYS);
      throw new AppError('credentials.ambiguous');
    }
    const machine = await access.admit(request, reply, route);
    setMachine(request, machine);
    setCaller(request, { kind: 'application', id: machine.applicationId });
    return true;
  }

  #machineRoute(context: ExecutionContext): MachineRoute | undefined {
    return this.reflector.getAllAndOverride<MachineRoute | undefined>(MACHINE_ROUTE, [
      context.getHandler(),
      context.getClass(),
    ]);
  }

  #marked(context: ExecutionContext, key: string): boolean {
    return (
      this.reflector.getAllAndOverride<boolean>(key, [context.getHandler(), context.getClass()]) === true
    );
  }
}

function bearsToken({ headers }: FastifyRequest): boolean {
  return /^bearer( |$)/i.test(headers.authorization ?? '');
}

/** The session of a guarded route. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): Session => {
  const session = context.switchToHttp().getRequest<GuardedRequest>().portillonSession;
  if (!session) throw new AppError('session.required');
  return session;
});
