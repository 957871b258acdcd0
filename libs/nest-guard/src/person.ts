import { createParamDecorator, ExecutionContext, UnauthorizedException } from '@nestjs/common';
import type { JWTPayload } from 'jose';

/** The signed-in person, as Portillon states it. */
export interface PortillonPerson {
  /** Never reused for another person: link accounts by it, not by name or mail. */
  id: string;
  /** The session at Portillon, which a back-channel logout names. Null where the token has none. */
  sessionId: string | null;
  /** The level of the sign-in, such as `eidas2`. */
  acr: string | null;
  /** Methods of the sign-in: words of RFC 8176. */
  amr: string[];
  /** When the level was proved; a later code does not change it. */
  authenticatedAt: Date | null;
  /** Null where the application does not receive it, like those below. */
  name: string | null;
  email: string | null;
  /** Empty where the application does not receive them. */
  groups: string[];
  /** Scopes of an access token (RFC 9068); empty for an assertion. */
  scopes: string[];
  /** All claims of the token. */
  claims: JWTPayload;
}

/** Converts verified claims. */
export function personOf(claims: JWTPayload): PortillonPerson {
  const { auth_time: provedAt, scope } = claims;
  return {
    id: claims.sub!,
    sessionId: text(claims['sid']),
    acr: text(claims['acr']),
    amr: texts(claims['amr']),
    authenticatedAt: typeof provedAt === 'number' ? new Date(provedAt * 1_000) : null,
    name: text(claims['name']),
    email: text(claims['email']),
    groups: texts(claims['groups']),
    scopes: typeof scope === 'string' && scope !== '' ? scope.split(' ') : [],
    claims,
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

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
