import { AUTH_METHODS, AuthMethod, PKCE_RULES, PkceRule } from './application.types';

/** What {@link ApplicationModule} takes; all of it has defaults. */
export interface ApplicationOptions {
  /** Other levels for ways of signing in, as {@link acrOfMeans} reads them. */
  acrOfMeans?: string;
  /** Whether this deployment sees the certificates that applications present in TLS: `tls_client_auth`. No by default. */
  clientCertificates?: boolean;
  /** Whether the operator accepts applications that send neither PKCE nor a nonce. No by default. */
  pkceOff?: boolean;
  /** The origins of this service itself, which no structure registers. */
  ownUrls?: string[];
  /** Whether pages may be on the machine itself (`http://localhost`): for development. Yes by default. */
  loopbackPages?: boolean;
  /** The loopback hosts that this service may ask in clear, as `OUTBOUND_ALLOW` names them. */
  plainHosts?: string[];
}

/** Which addresses an application may have in this deployment. */
export interface AddressRules {
  ownHosts: readonly string[];
  loopbackPages: boolean;
  plainHosts: readonly string[];
}

/** The {@link AddressRules} of this deployment. */
export const ADDRESS_RULES = Symbol('AddressRules');

export function addressRules({
  ownUrls = [],
  loopbackPages = true,
  plainHosts = [],
}: ApplicationOptions): AddressRules {
  return { ownHosts: ownUrls.map((url) => new URL(url).hostname), loopbackPages, plainHosts };
}

/** The levels of this deployment: an `AcrOfMeans`. */
export const ACR_OF_MEANS = Symbol('AcrOfMeans');

/** How applications may prove themselves in this deployment: an `AuthMethod[]`. */
export const OFFERED_AUTH_METHODS = Symbol('OfferedAuthMethods');

export function offeredAuthMethods({ clientCertificates = false }: ApplicationOptions): AuthMethod[] {
  return AUTH_METHODS.filter((method) => clientCertificates || method !== 'tls_client_auth');
}

/** When applications may leave PKCE out in this deployment: a `PkceRule[]`. */
export const OFFERED_PKCE_RULES = Symbol('OfferedPkceRules');

export function offeredPkceRules({ pkceOff = false }: ApplicationOptions): PkceRule[] {
  return PKCE_RULES.filter((rule) => pkceOff || rule !== 'off');
}
