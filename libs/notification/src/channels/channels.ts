import { channelNames, channelOf, Channels, declareChannel } from '@portillon/kernel';
import { mailChannel } from '../mail/mail.channel';
import { smsChannel } from '../sms/sms.channel';
import type { OutgoingChannel } from './outgoing-channel.types';

export type {} from '../mail/mail.channel';
export type {} from '../sms/sms.channel';

/** Registers the channel of another library. */
export function registerChannel(channel: OutgoingChannel): void {
  declareChannel(channel.name, channel);
}

/** Registered channels, in the order of registration. */
export function outgoingChannels(): OutgoingChannel[] {
  return channelNames.map(outgoingChannel);
}

export function outgoingChannel(name: keyof Channels): OutgoingChannel {
  return channelOf(name) as OutgoingChannel;
}

registerChannel(mailChannel);
registerChannel(smsChannel);
