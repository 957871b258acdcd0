import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { Administrator } from './administrator.types';
import type { Scope } from './rights.policy';

/** The administrator of a route marked with `@Requires`. */
export const CurrentAdministrator = createParamDecorator(
  (_: unknown, context: ExecutionContext): Administrator => {
    const request = context
      .switchToHttp()
      .getRequest<FastifyRequest & { portillonSession?: Session; portillonScope?: Scope }>();
    const { portillonSession: session, portillonScope: scope } = request;
    if (!session || !scope) throw new AppError('permission.denied');
    return { session, scope, client: clientOf(request) };
  },
);
