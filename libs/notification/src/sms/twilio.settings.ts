import { apiUrl, capacity, neededTexts, smsSender } from './sms-provider.types';
import type { SmsProviderDefinition } from './sms-provider.types';
import type { TwilioOptions } from './twilio.provider';

const ACCOUNT_SID = /^AC[0-9a-zA-Z]{32}$/;
const NEEDED = { accountSid: 'TWILIO_ACCOUNT_SID', authToken: 'TWILIO_AUTH_TOKEN' };

export const twilio: SmsProviderDefinition<'twilio', TwilioOptions> = {
  kind: 'twilio',
  secrets: ['TWILIO_AUTH_TOKEN'],
  read(settings, { isNamed, reportUrl }) {
    settings.formed('TWILIO_ACCOUNT_SID', ACCOUNT_SID, '"AC" and 32 letters or digits');
    const from = smsSender(settings, 'TWILIO_FROM') ?? undefined;
    const messagingServiceSid = settings.text('TWILIO_MESSAGING_SERVICE_SID') ?? undefined;
    const access = { apiUrl: apiUrl(settings, 'TWILIO_API_URL'), ...capacity(settings, 'TWILIO_PER_SECOND') };
    const account = neededTexts(settings, NEEDED, isNamed);
    if (!account) return null;
    if (!from && !messagingServiceSid)
      settings.refuse('TWILIO_FROM', 'or TWILIO_MESSAGING_SERVICE_SID is required');
    if (from && messagingServiceSid)
      settings.refuse('TWILIO_MESSAGING_SERVICE_SID', 'and TWILIO_FROM exclude each other: unset one');
    const sender = { from, messagingServiceSid, messageIntent: 'otp' };
    return { kind: 'twilio', ...account, ...sender, ...access, statusCallbackUrl: reportUrl };
  },
  addressOf: (options) => options.apiUrl ?? 'https://api.twilio.com',
  /** The SDK, 20 MB, is loaded only for deployments with a Twilio account. */
  async open(options, clock) {
    const { TwilioProvider } = await import('./twilio.provider.js');
    return new TwilioProvider(options, clock);
  },
};
