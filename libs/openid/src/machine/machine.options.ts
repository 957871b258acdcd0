import { configurableModule, bounded } from '@portillon/kernel';

export interface MachineOptions {
  /** The public origin: the issuer and the audience of the tokens. */
  publicUrl: string;
  /** Requests of one application per minute. Default: 600. */
  requestsPerMinute?: number;
}

export interface ResolvedMachineOptions {
  /** The issuer and the audience of a token of this API (RFC 8707): one origin is both. */
  resource: string;
  metadataUrl: string;
  requestsPerMinute: number;
}

export const MACHINE_OPTIONS = Symbol('machine options');

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<MachineOptions>();

const BOUNDS = {
  requestsPerMinute: { default: 600, min: 1, max: 1_000_000 },
};

/** @throws RangeError naming the option that is out of its bound. */
export function resolveMachineOptions({ publicUrl, ...limits }: MachineOptions): ResolvedMachineOptions {
  const { requestsPerMinute } = bounded('MachineModule', BOUNDS, limits);
  const resource = new URL(publicUrl).origin;
  return { resource, metadataUrl: `${resource}/.well-known/oauth-protected-resource`, requestsPerMinute };
}
