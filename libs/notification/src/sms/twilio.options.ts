export interface TwilioOptions {
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
  /** How many messages one process gives it in a second; more go to the next provider. */
  capacityPerSecond?: number;
}

export const TWILIO_API = 'https://api.twilio.com';
