import { SetMetadata } from '@nestjs/common';
import type { PortillonPerson } from './person';

export const PUBLIC = 'portillon-guard:public';

/** Opens a route, or all routes of a controller, to requests without a token. Every other route is closed. */
export const Public = () => SetMetadata(PUBLIC, true);

export const REQUIRED_LEVEL = 'portillon-guard:required-level';

/** Level that a route requires. */
export interface RequiredLevel {
  acr: string;
  /** Maximum age of the proof of that level, seconds. Default: any age. */
  maxAge?: number;
}

/**
 * Requires a level, and a proof that is at most `maxAge` seconds old. Other sign-ins get 401 with
 * `error="insufficient_user_authentication"` (RFC 9470), which names the level to request from Portillon.
 */
export const RequireAcr = (acr: string, { maxAge }: { maxAge?: number } = {}) =>
  SetMetadata(REQUIRED_LEVEL, { acr, maxAge } satisfies RequiredLevel);

/** Portillon's levels, lowest first. */
export const LEVELS = ['eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'] as const;

/** Whether a sign-in has the required level and freshness. A level that is not in `levels` is never reached. */
export function hasLevel(
  { acr, authenticatedAt }: Pick<PortillonPerson, 'acr' | 'authenticatedAt'>,
  required: RequiredLevel,
  { levels, now }: { levels: readonly string[]; now: Date },
): boolean {
  const asked = levels.indexOf(required.acr);
  if (asked === -1 || acr === null || levels.indexOf(acr) < asked) return false;
  if (required.maxAge === undefined) return true;
  return authenticatedAt !== null && authenticatedAt.getTime() + required.maxAge * 1_000 >= now.getTime();
}
