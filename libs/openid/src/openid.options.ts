import { ConfigurableModuleBuilder } from '@nestjs/common';
import { MINUTE, SECOND } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';

export interface OpenidOptions {
  /** The origin people see: the issuer, and the host of every address that the provider names. */
  publicUrl: string;
  /** The name of the service at the head of the provider's own pages; Portillon. */
  serviceName?: string;
  /** How long an access token is good: 1 to 60 minutes; 10 minutes. */
  accessTokenSeconds?: number;
  /** The certificate that a client presented in TLS, to this server or to a proxy that proves itself; none by default. */
  clientCertificate?: ClientCertificateOf;
  /** The origin where certificates are asked for, when it is not the public one (RFC 8705, 5). */
  certificateOrigin?: string | null;
}

/** A certificate that was verified: its authority, its time, its revocation. Nothing when there is none. */
export type ClientCertificateOf = (request: FastifyRequest) => Promise<ClientCertificate | undefined>;

export interface ClientCertificate {
  pem: string;
  /** RFC 4514, as the application's registration writes it. */
  subjectDn: string;
}

export type ResolvedOpenidOptions = Required<OpenidOptions>;

const DEFAULTS = {
  serviceName: 'Portillon',
  accessTokenSeconds: (10 * MINUTE) / SECOND,
  clientCertificate: () => Promise.resolve(undefined),
  certificateOrigin: null,
};

/** @throws Error naming the option that is outside its bound */
export function resolveOpenidOptions(options: OpenidOptions): ResolvedOpenidOptions {
  const resolved = { ...DEFAULTS, ...options };
  const { accessTokenSeconds } = resolved;
  if (Number.isInteger(accessTokenSeconds) && accessTokenSeconds >= 60 && accessTokenSeconds <= 3_600)
    return { ...resolved, publicUrl: new URL(resolved.publicUrl).origin };
  throw new Error('OpenidModule: accessTokenSeconds must be between 60 and 3600');
}

export const OPENID_OPTIONS = Symbol('OpenidOptions');

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<OpenidOptions>().setClassMethodName('forRoot').build();
