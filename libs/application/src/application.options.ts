import { AUTH_METHODS, AuthMethod, PKCE_RULES, PkceRule } from './application.types';

/** Options of {@link ApplicationModule}; all have defaults. */
export interface ApplicationOptions {
  /** Overrides of the levels of ways of signing in, for {@link acrOfMeans}. */
  acrOfMeans?: string;
  /** Whether this deployment receives the TLS certificates of applications: `tls_client_auth`. Default: false. */
  clientCertificates?: boolean;
  /** Whether the operator accepts applications with neither PKCE nor a nonce. Default: false. */
  pkceOff?: boolean;
  /** Origins of this service, which structures may not register. */
  ownUrls?: string[];
  /** Whether pages may be on the machine itself (`http://localhost`), for development. Default: true. */
  loopbackPages?: boolean;
  /** Loopback hosts that this service may call by `http://`, from `OUTBOUND_ALLOW`. */
  plainHosts?: string[];
}

/** Rules for the addresses of applications in this deployment. */
export interface AddressRules {
  ownHosts: readonly string[];
  loopbackPages: boolean;
  plainHosts: readonly string[];
}

/** Token of the {@link AddressRules} of this deployment. */
export const ADDRESS_RULES = Symbol('AddressRules');

export function addressRules({
  ownUrls = [],
  loopbackPages = true,
  plainHosts = [],
}: ApplicationOptions): AddressRules {
  return { ownHosts: ownUrls.map((url) => new URL(url).hostname), loopbackPages, plainHosts };
}

/** Token of the levels of this deployment: an `AcrOfMeans`. */
export const ACR_OF_MEANS = Symbol('AcrOfMeans');

/** Token of the authentication methods that this deployment offers: an `AuthMethod[]`. */
export const OFFERED_AUTH_METHODS = Symbol('OfferedAuthMethods');

export function offeredAuthMethods({ clientCertificates = false }: ApplicationOptions): AuthMethod[] {
  return AUTH_METHODS.filter((method) => clientCertificates || method !== 'tls_client_auth');
}

/** Token of the PKCE rules that this deployment offers: a `PkceRule[]`. */
export const OFFERED_PKCE_RULES = Symbol('OfferedPkceRules');

export function offeredPkceRules({ pkceOff = false }: ApplicationOptions): PkceRule[] {
  return PKCE_RULES.filter((rule) => pkceOff || rule !== 'off');
}
