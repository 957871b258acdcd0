import type * as oidc from 'oidc-provider';

/** The exports of `oidc-provider`. */
export type OidcProviderModule = typeof oidc;

/** Loads the library at the first request that needs it, so that operator commands do not load it. */
export function loadOidcProvider(): Promise<OidcProviderModule> {
  return import('oidc-provider');
}
