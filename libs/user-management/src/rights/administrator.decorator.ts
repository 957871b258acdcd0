import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import { actorOf } from './actor';
import type { Administrator } from './actor';
import type { Scope } from './rights.policy';

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
