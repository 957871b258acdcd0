import { createParamDecorator, ExecutionContext, UnauthorizedException } from '@nestjs/common';
import type { PortillonPerson } from './person.types';

/** A request that the guard has admitted. */
export interface GuardedRequest {
  portillonPerson?: PortillonPerson;
}

/** Injects the person of a guarded route. On a public route there is none, and the request is refused. */
export const CurrentPerson = createParamDecorator(
  (_: unknown, context: ExecutionContext): PortillonPerson => {
    const { portillonPerson } = context.switchToHttp().getRequest<GuardedRequest>();
    if (!portillonPerson) throw new UnauthorizedException();
    return portillonPerson;
  },
);
