import type { Clock, Keyring } from '@portillon/kernel';
import type { SmsSender } from '../channels/channel-provider.types';
import { http } from './http-gateway.provider';
import { kannel } from './kannel.provider';
import { ovh } from './ovh.provider';
import type { SmsProviderDefinition } from './sms-provider.types';
import { twilio } from './twilio.settings';

/** Every provider that SMS_PROVIDERS can name, in the default order. */
export const smsProviders = [twilio, ovh, kannel, http] as const;

export type SmsProviderOptions = NonNullable<ReturnType<(typeof smsProviders)[number]['read']>>;

/** Address of a provider's API. */
export function smsAddressOf(options: SmsProviderOptions): string {
  return definitionOf(options).addressOf(options);
}

export async function openSmsProvider(
  options: SmsProviderOptions | SmsSender,
  clock: Clock,
  keyring: Keyring,
): Promise<SmsSender> {
  return 'send' in options ? options : definitionOf(options).open(options, clock, keyring);
}

/** Options without a kind are those of Twilio. */
function definitionOf({ kind = 'twilio' }: SmsProviderOptions) {
  const all: readonly SmsProviderDefinition<string, SmsProviderOptions>[] = smsProviders;
  return all.find((one) => one.kind === kind)!;
}
