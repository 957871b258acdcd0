import type { RequiredLevel } from './require-acr.decorator';

/** Challenge for a client without a token (RFC 6750, 3). */
export const NO_TOKEN = 'Bearer';
export const INVALID_TOKEN = 'Bearer error="invalid_token"';

/** Challenge with the level that a client must request from Portillon (RFC 9470, 3). */
export function stepUpChallenge({ acr, maxAge }: RequiredLevel): string {
  const age = maxAge === undefined ? '' : `, max_age="${maxAge}"`;
  return `Bearer error="insufficient_user_authentication", acr_values="${acr}"${age}`;
}
