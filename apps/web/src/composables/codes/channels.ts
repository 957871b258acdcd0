import type { Channel } from '../../api/types';

export type { Channel };

/** Properties of a channel; its texts have its name as their key. */
interface ChannelTraits {
  /** Sends to the mobile number, once it is proved. */
  byPhone: boolean;
  /** The operator reports the delivery of a message. */
  isReported: boolean;
}

/** In display order. */
export const CHANNELS: Readonly<Record<Channel, ChannelTraits>> = {
  EMAIL: { byPhone: false, isReported: false },
  SMS: { byPhone: true, isReported: true },
};
export const CHANNEL_NAMES = Object.keys(CHANNELS) as Channel[];

export function isChannel(way: string): way is Channel {
  return Object.hasOwn(CHANNELS, way);
}
