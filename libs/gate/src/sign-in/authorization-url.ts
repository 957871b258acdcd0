import { createHash } from 'node:crypto';
import { callbackOf } from './callback-path';
import type { GateSignIn } from './gate-sign-in.types';

/** The OpenID Connect request by which the gate starts a sign-in. `verifier` stays in the browser's cookie. */
export function authorizationUrl(
  publicUrl: string,
  signIn: GateSignIn & { state: string },
  verifier: string,
): string {
  const { applicationId, origin, state, acr, maxAgeSeconds } = signIn;
  const parameters = new URLSearchParams({
    client_id: applicationId,
    redirect_uri: callbackOf(origin),
    response_type: 'code',
    scope: 'openid',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(acr !== null && { acr_values: acr }),
    ...(maxAgeSeconds !== null && { max_age: String(maxAgeSeconds) }),
  });
  return `${publicUrl}/oidc/authorize?${parameters.toString()}`;
}
