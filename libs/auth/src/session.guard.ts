import { CanActivate, createParamDecorator, ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { PUBLIC_ROUTE, tellCaller } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { Session, SessionService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { AuthCookies } from './auth-cookies';

const LATE_CODE = 'portillon:late-code';

/** For the routes by which a session past its 24 hours gets its new code, or ends. */
export const AllowsLateCode = () => SetMetadata(LATE_CODE, true);

interface GuardedRequest extends FastifyRequest {
  portillonSession?: Session;
}

/** Closes every route that is not `@Public()`: the session's cookie is the only key. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
    private readonly cookies: AuthCookies,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `session.required`, `code.required` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.#marked(context, PUBLIC_ROUTE)) return true;
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const session = await this.sessions.find(this.cookies.session(request));
    if (!session) throw new AppError('session.required');
    if (this.#codeIsLate(session) && !this.#marked(context, LATE_CODE)) {
      throw new AppError('code.required');
    }
    request.portillonSession = session;
    tellCaller(request, { kind: 'person', id: session.accountId });
    return true;
  }

  #codeIsLate(session: Session): boolean {
    return session.codeValidUntilAt !== null && session.codeValidUntilAt <= this.clock.now();
  }

  #marked(context: ExecutionContext, key: string): boolean {
    return (
      this.reflector.getAllAndOverride<boolean>(key, [context.getHandler(), context.getClass()]) === true
    );
  }
}

/** The session of a guarded route. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): Session => {
  const session = context.switchToHttp().getRequest<GuardedRequest>().portillonSession;
  if (!session) throw new AppError('session.required');
  return session;
});
