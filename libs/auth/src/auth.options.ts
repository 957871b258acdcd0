import { configurableModule, bounded } from '@portillon/kernel';

export interface AuthOptions {
  /** The name of the service, as messages call it. */
  serviceName: string;
  /** The number of SMS in a day, in all, that the operator will pay for. */
  smsDailyBudget?: number;
}

export type ResolvedAuthOptions = Required<AuthOptions>;

const BOUNDS = {
  smsDailyBudget: { default: 2_000, min: 0, max: 1_000_000 },
};

/** @throws RangeError naming the option that is outside its bound. */
export function resolveAuthOptions(options: AuthOptions): ResolvedAuthOptions {
  return { ...options, ...bounded('AuthModule', BOUNDS, options) };
}

export const AUTH_OPTIONS = Symbol('AuthOptions');

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<AuthOptions>();
