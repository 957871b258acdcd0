import { createHash } from 'node:crypto';
import { callbackOf } from './callback-path';
import type { GateSignInEntity } from './gate-sign-in.entity';

/** The request of OpenID Connect by which the gate has a person sign in. `verifier` stays in the browser's cookie. */
export function authorizationUrl(publicUrl: string, signIn: GateSignInEntity, verifier: string): string {
  const { applicationId, origin, id, acr, maxAgeSeconds } = signIn;
  const parameters = new URLSearchParams({
    client_id: applicationId,
    redirect_uri: callbackOf(origin),
    response_type: 'code',
    scope: 'openid',
    state: id,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(acr !== null && { acr_values: acr }),
    ...(maxAgeSeconds !== null && { max_age: String(maxAgeSeconds) }),
  });
  return `${publicUrl}/oidc/authorize?${parameters.toString()}`;
}
