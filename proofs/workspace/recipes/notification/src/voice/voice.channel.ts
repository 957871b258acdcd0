import type { OutgoingChannel } from '../channels/channel-provider.types';
import { assertSms } from '../message.policy';
import { VoiceFindings } from './voice.findings';
import { VoiceMessage, VoiceProvider } from './voice.provider';

declare module '@portillon/kernel' {
  interface Channels {
    VOICE: { proof: 'tel'; message: VoiceMessage };
  }
}

export const voiceChannel: OutgoingChannel<VoiceMessage> = {
  name: 'VOICE',
  reaches: 'phone',
  proof: 'tel',
  acr: 'eidas1-mfa',
  text: { fr: 'appel vocal', en: 'voice call' },
  counter: { name: 'portillon_voice_total', help: 'Calls given to the provider, by what came of it.' },
  findings: VoiceFindings,
  assertSendable: assertSms,
  async open({ voice }) {
    return voice ? [new VoiceProvider(voice)] : [];
  },
};
