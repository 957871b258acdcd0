import { configurableModule, bounded } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';

export interface OpenidOptions {
  /** The public origin: the issuer, and the host of every address that the provider publishes. */
  publicUrl: string;
  /** The name of the service at the head of the provider's own pages; Portillon. */
  serviceName?: string;
  /** How long an access token is valid: 1 to 60 minutes. Default: 10 minutes. */
  accessTokenSeconds?: number;
  /** The certificate that a client presented in TLS, to this server or to a proxy that proves itself; none by default. */
  clientCertificate?: ClientCertificateOf;
  /** The origin that requests certificates, when it differs from the public one (RFC 8705, 5). */
  certificateOrigin?: string | null;
}

/** Returns the client's certificate, with its authority, dates and revocation verified; undefined without one. */
export type ClientCertificateOf = (request: FastifyRequest) => Promise<ClientCertificate | undefined>;

export interface ClientCertificate {
  pem: string;
  /** RFC 4514, as the application's registration writes it. */
  subjectDn: string;
}

export type ResolvedOpenidOptions = Required<OpenidOptions>;

const BOUNDS = {
  accessTokenSeconds: { default: 600, min: 60, max: 3_600 },
};

const DEFAULTS = {
  serviceName: 'Portillon',
  clientCertificate: () => Promise.resolve(undefined),
  certificateOrigin: null,
};

/** @throws RangeError naming the option that is outside its bound */
export function resolveOpenidOptions(options: OpenidOptions): ResolvedOpenidOptions {
  const publicUrl = new URL(options.publicUrl).origin;
  return { ...DEFAULTS, ...options, publicUrl, ...bounded('OpenidModule', BOUNDS, options) };
}

export const OPENID_OPTIONS = Symbol('OpenidOptions');

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<OpenidOptions>();
