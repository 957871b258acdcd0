import { ConfigurableModuleBuilder } from '@nestjs/common';

export interface AuthOptions {
  /** The name of the service, as messages call it. */
  serviceName: string;
  /** How many SMS may leave in a day, in all: what the operator is ready to pay for. */
  smsDailyBudget?: number;
}

export type ResolvedAuthOptions = Required<AuthOptions>;

const DEFAULTS = { smsDailyBudget: 2_000 } as const;

/** @throws Error naming the option that is outside its bound. */
export function resolveAuthOptions(options: AuthOptions): ResolvedAuthOptions {
  const resolved = { ...DEFAULTS, ...options };
  within('smsDailyBudget', resolved.smsDailyBudget, 0, 1_000_000);
  return resolved;
}

function within(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new Error(`AuthModule: ${name} must be between ${least} and ${most}`);
}

export const AUTH_OPTIONS = Symbol('AuthOptions');

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<AuthOptions>()
  .setClassMethodName('forRoot')
  .build();
