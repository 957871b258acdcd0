import { GATE_CALLBACK, type GatedApplication } from '@portillon/application';
import { createHash } from 'node:crypto';
import type { AskedLevel } from '../rules/access.policy';

/** The pages of ours on each application's own host, which its proxy sends to us. */
export const GATE_PAGES = '.portillon';

/** A sign-in that the gate started. */
export interface GateSignIn extends AskedLevel {
  id: string;
  applicationId: string;
  /** The application's origin that was asked: it may have several. */
  origin: string;
  /** Path and query to go back to. */
  target: string;
  /** ISO 8601. */
  expiresAt: string;
}

/** Where a sign-in comes back to, on the application's own host: its redirect URI. */
export function callbackOf(origin: string): string {
  return origin + GATE_CALLBACK;
}

/** Whether this is an application of the gate at this origin: it registered its callback there. */
export function ownsOrigin(
  { kind, redirectUris }: Pick<GatedApplication, 'kind' | 'redirectUris'>,
  origin: string,
): boolean {
  return kind === 'gate' && redirectUris.includes(callbackOf(origin));
}

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
