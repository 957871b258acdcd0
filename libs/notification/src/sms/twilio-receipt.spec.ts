import { SystemClock } from '@portillon/kernel';
import { createHmac } from 'node:crypto';
import type { ReceiptRequest } from '../channels/channel-provider.types';
import { TwilioProvider } from './twilio.provider';

const url = 'https://portillon.example/sms/report?id=message-1';
const form = { MessageSid: 'SM1', MessageStatus: 'delivered' };

/** As Twilio's documentation has it: the URL, then each name and value in the order of names. */
function sign(token: string) {
  const signature = createHmac('sha1', token).update(`${url}MessageSidSM1MessageStatusdelivered`);
  return { 'x-twilio-signature': signature.digest('base64') };
}

describe('a delivery report', () => {
  const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', from: '+33700000000' };
  const provider = new TwilioProvider(account, new SystemClock());
  const report: ReceiptRequest = { url, headers: sign('token'), form };

  it('is believed when Twilio signed it', async () => {
    const receipt = { id: 'message-1', reference: 'SM1', state: 'delivered', code: null };
    expect(await provider.readReceipt(report)).toEqual(receipt);
  });

  it.each<[string, Partial<ReceiptRequest>]>([
    ['without a signature', { headers: {} }],
    ['with an empty signature', { headers: { 'x-twilio-signature': '' } }],
    ['with a signature of another length', { headers: { 'x-twilio-signature': 'x' } }],
    ['signed with another token', { headers: sign('other') }],
    ['for another URL', { url: url.replace('message-1', 'message-2') }],
    ['with another status', { form: { ...form, MessageStatus: 'failed' } }],
    ['with one parameter more', { form: { ...form, ErrorCode: '1' } }],
  ])('is not believed %s', async (_, changes) => {
    expect(await provider.readReceipt({ ...report, ...changes })).toBeUndefined();
  });
});
