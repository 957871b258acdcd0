import { AUTH_METHODS, AuthMethod } from './application.types';

/** What {@link ApplicationModule} takes; all of it has defaults. */
export interface ApplicationOptions {
  /** Other levels for ways of signing in, as {@link acrOfMeans} reads them. */
  acrOfMeans?: string;
  /** Whether this deployment sees the certificates that applications present in TLS: `tls_client_auth`. No by default. */
  clientCertificates?: boolean;
}

/** The levels of this deployment: an `AcrOfMeans`. */
export const ACR_OF_MEANS = Symbol('AcrOfMeans');

/** How applications may prove themselves in this deployment: an `AuthMethod[]`. */
export const OFFERED_AUTH_METHODS = Symbol('OfferedAuthMethods');

export function offeredAuthMethods({ clientCertificates = false }: ApplicationOptions): AuthMethod[] {
  return AUTH_METHODS.filter((method) => clientCertificates || method !== 'tls_client_auth');
}
