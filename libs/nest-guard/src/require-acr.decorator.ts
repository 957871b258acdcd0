import { SetMetadata } from '@nestjs/common';

export const REQUIRED_LEVEL = 'portillon-guard:required-level';

/** What a route asks of the sign-in. */
export interface RequiredLevel {
  acr: string;
  /** How old the proof of that level may be, in seconds; any age when left out. */
  maxAge?: number;
}

/**
 * Asks for a level, and for a proof no older than `maxAge` seconds. A sign-in that is not so is answered 401 with
 * `error="insufficient_user_authentication"` (RFC 9470), by which a client knows what to ask Portillon for.
 */
export const RequireAcr = (acr: string, { maxAge }: { maxAge?: number } = {}) =>
  SetMetadata(REQUIRED_LEVEL, { acr, maxAge } satisfies RequiredLevel);
