import type { MailMessage, SmsMessage } from '../message.types';
import type { GuardedProvider } from './guarded-provider';

/** The providers of each channel, in the order in which they are tried; a channel without any is off. */
export interface ChannelProviders {
  readonly EMAIL: readonly GuardedProvider<MailMessage>[];
  readonly SMS: readonly GuardedProvider<SmsMessage>[];
}

export const CHANNEL_PROVIDERS = Symbol('CHANNEL_PROVIDERS');
