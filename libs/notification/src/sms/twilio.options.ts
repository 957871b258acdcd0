import type { SmsProviderCommon } from './sms-provider.types';

export interface TwilioOptions extends Omit<SmsProviderCommon, 'receiptUrl'> {
  kind?: 'twilio';
  accountSid: string;
  authToken: string;
  /** The sending number or name; or else `messagingServiceSid`. */
  from?: string;
  messagingServiceSid?: string;
  /** What its messages are for, in Twilio's own word, such as `otp`: carriers treat them accordingly. */
  messageIntent?: string;
  /** Another base URL for the REST API: a test server, a proxy. */
  apiUrl?: string;
  /** Where Twilio reports what became of a message; `id` (of the outbox) is added to its query. */
  statusCallbackUrl?: string;
}

export const TWILIO_API = 'https://api.twilio.com';
