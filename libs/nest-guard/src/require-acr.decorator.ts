import { SetMetadata } from '@nestjs/common';

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
