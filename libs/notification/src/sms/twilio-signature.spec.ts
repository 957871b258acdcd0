import { createHmac } from 'node:crypto';
import { isSignedByTwilio, TwilioReport } from './twilio-signature';

const url = 'https://portillon.example/sms/report?id=message-1';
const params = { MessageSid: 'SM1', MessageStatus: 'delivered' };

/** As Twilio's documentation has it: the URL, then each name and value in the order of names. */
function sign(token: string): string {
  return createHmac('sha1', token).update(`${url}MessageSidSM1MessageStatusdelivered`).digest('base64');
}

describe('a delivery report', () => {
  const report: TwilioReport = { authToken: 'token', signature: sign('token'), url, params };

  it('is believed when Twilio signed it', async () => {
    expect(await isSignedByTwilio(report)).toBe(true);
  });

  it.each([
    ['without a signature', { signature: undefined }],
    ['with an empty signature', { signature: '' }],
    ['with a signature of another length', { signature: 'x' }],
    ['signed with another token', { signature: sign('other') }],
    ['for another URL', { url: url.replace('message-1', 'message-2') }],
    ['with another status', { params: { ...params, MessageStatus: 'failed' } }],
    ['with one parameter more', { params: { ...params, ErrorCode: '1' } }],
  ] as [string, Partial<TwilioReport>][])('is not believed %s', async (_, changes) => {
    expect(await isSignedByTwilio({ ...report, ...changes })).toBe(false);
  });
});
