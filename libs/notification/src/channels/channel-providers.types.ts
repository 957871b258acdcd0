import type { Channels } from '@portillon/kernel';
import type { GuardedProvider } from './guarded-provider';

/** Providers of each channel, in the order in which they are tried; a channel without any is off. */
export type ChannelProviders = {
  readonly [Name in keyof Channels]: readonly GuardedProvider<Channels[Name]['message']>[];
};

export const CHANNEL_PROVIDERS = Symbol('CHANNEL_PROVIDERS');
