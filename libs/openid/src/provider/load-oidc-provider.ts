import type * as oidc from 'oidc-provider';

/** The exports of `oidc-provider`. */
export type OidcProviderModule = typeof oidc;

/** Loaded when the first request needs it: no command of the operator's does. */
export function loadOidcProvider(): Promise<OidcProviderModule> {
  return import('oidc-provider');
}
