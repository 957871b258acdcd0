import type { Clock, Keyring } from '@portillon/kernel';
import type { SmsProviderOptions, SmsSender } from '../notification.options';
import { HttpGatewayProvider } from './http-gateway.provider';
import { KannelProvider } from './kannel.provider';
import { OVH_API, OvhProvider } from './ovh.provider';

/** Where its messages go. */
export function smsAddressOf(options: SmsProviderOptions): string {
  if (options.kind === 'http') return options.gateway.url;
  if (options.kind === 'kannel') return options.sendUrl;
  return options.apiUrl ?? (options.kind === 'ovh' ? OVH_API : 'https://api.twilio.com');
}

/** Twilio's SDK, 20 MB, is loaded for those alone who have an account there. */
export async function openSmsProvider(
  options: SmsProviderOptions | SmsSender,
  clock: Clock,
  keyring: Keyring,
): Promise<SmsSender> {
  if ('send' in options) return options;
  if (options.kind === 'ovh') return new OvhProvider(options, clock, keyring);
  if (options.kind === 'http') return new HttpGatewayProvider(options, clock, keyring);
  if (options.kind === 'kannel') return new KannelProvider(options, clock, keyring);
  const { TwilioProvider } = await import('./twilio.provider.js');
  return new TwilioProvider(options, clock);
}
