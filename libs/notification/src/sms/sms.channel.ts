import type { OutgoingChannel } from '../channels/channel-provider.types';
import { assertSms } from '../message.policy';
import type { SmsMessage } from '../message.types';
import { SmsFindings } from './sms.findings';
import { openSmsProvider } from './sms-providers';

declare module '@portillon/kernel' {
  interface Channels {
    SMS: { proof: 'sms'; message: SmsMessage };
  }
}

export const smsChannel: OutgoingChannel<SmsMessage> = {
  name: 'SMS',
  reaches: 'phone',
  proof: 'sms',
  text: { fr: 'SMS', en: 'SMS' },
  counter: { name: 'portillon_sms_total', help: 'SMS given to a provider, by what came of it.' },
  findings: SmsFindings,
  assertSendable: assertSms,
  open({ sms }, { clock, keyring }) {
    return Promise.all((sms?.providers ?? []).map((one) => openSmsProvider(one, clock, keyring)));
  },
};
