import type { Channel } from '../../api/types';

export type { Channel };

/** Traits of a channel; its words are in the texts, under its name. */
interface ChannelTraits {
  /** It reaches the mobile number, once that is proved. */
  byPhone: boolean;
  /** Its operator reports what became of a message. */
  isReported: boolean;
}

/** In the order in which they are offered. */
export const CHANNELS: Readonly<Record<Channel, ChannelTraits>> = {
  EMAIL: { byPhone: false, isReported: false },
  SMS: { byPhone: true, isReported: true },
};
export const CHANNEL_NAMES = Object.keys(CHANNELS) as Channel[];

export function isChannel(way: string): way is Channel {
  return Object.hasOwn(CHANNELS, way);
}
