import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { clientOf } from '@portillon/http';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { InvitationActor } from '@portillon/recovery';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { Scope } from './rights.guard';

/** Who acts, on what they reach, from where. */
export interface Administrator {
  session: Session;
  scope: Scope;
  client: Client;
}

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

/** The administrator as who invites. */
export function inviterOf({ session, client }: Administrator): InvitationActor {
  return { id: session.accountId, client };
}
