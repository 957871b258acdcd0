import { ConfigurableModuleBuilder } from '@nestjs/common';

export interface MachineOptions {
  /** The origin people see: who issues the tokens, and what they are for. */
  publicUrl: string;
  /** Of one application; 600 unless told. */
  requestsPerMinute?: number;
}

export interface ResolvedMachineOptions {
  /** The issuer and the audience of a token of this API (RFC 8707): one origin is both. */
  resource: string;
  metadataUrl: string;
  requestsPerMinute: number;
}

export const MACHINE_OPTIONS = Symbol('machine options');

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<MachineOptions>().setClassMethodName('forRoot').build();

/** @throws Error when the limit is no number of requests. */
export function resolveMachineOptions({
  publicUrl,
  requestsPerMinute = 600,
}: MachineOptions): ResolvedMachineOptions {
  if (!Number.isInteger(requestsPerMinute) || requestsPerMinute < 1)
    throw new Error('requestsPerMinute must be a whole number of at least 1');
  const resource = new URL(publicUrl).origin;
  return { resource, metadataUrl: `${resource}/.well-known/oauth-protected-resource`, requestsPerMinute };
}
