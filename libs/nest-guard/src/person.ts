import type { JWTPayload } from 'jose';
import type { PortillonPerson } from './person.types';

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
