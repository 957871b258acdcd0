import { EnvironmentReader } from '../environment-reader';
import type { KannelSettings, OvhSettings, SmsProviderSettings, TwilioSettings } from '../settings';
import { smsSender } from '../sms-sender';

const ACCOUNT_SID = /^AC[0-9a-zA-Z]{32}$/;
const OVH_SERVICE = /^sms-[a-z0-9]+-\d+$/;
/** For one process; 0: as many as there are. */
const PER_SECOND = { default: 0, min: 0, max: 1_000 };

const READERS = { twilio, ovh, kannel };
const NAMES = Object.keys(READERS);

/** The providers of SMS in the order in which they are tried: those that SMS_PROVIDERS names, or all that are set up. */
export function smsProviders(read: EnvironmentReader): SmsProviderSettings[] {
  const named = read.words('SMS_PROVIDERS', NAMES);
  const found = new Map(
    Object.entries(READERS).map(([name, provider]) => [name, provider(read, named.includes(name))]),
  );
  const order = named.length > 0 ? new Set(named) : NAMES;
  return [...order].flatMap((name) => found.get(name) ?? []);
}

function twilio(read: EnvironmentReader, isNamed: boolean): TwilioSettings | null {
  const accountSid = read.formed('TWILIO_ACCOUNT_SID', ACCOUNT_SID, '"AC" and 32 letters or digits');
  const authToken = read.text('TWILIO_AUTH_TOKEN');
  const from = smsSender(read, 'TWILIO_FROM');
  const messagingServiceSid = read.text('TWILIO_MESSAGING_SERVICE_SID');
  const apiUrl = read.url('TWILIO_API_URL', ['http:', 'https:']);
  const perSecond = read.whole('TWILIO_PER_SECOND', PER_SECOND);
  if (!isAsked(read, ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'], isNamed)) return null;
  if (!from && !messagingServiceSid)
    read.refuse('TWILIO_FROM', 'or TWILIO_MESSAGING_SERVICE_SID is required');
  if (from && messagingServiceSid)
    read.refuse('TWILIO_MESSAGING_SERVICE_SID', 'and TWILIO_FROM exclude each other: unset one');
  return {
    kind: 'twilio',
    accountSid: accountSid ?? '',
    authToken: authToken ?? '',
    from,
    messagingServiceSid,
    apiUrl,
    perSecond,
  };
}

function ovh(read: EnvironmentReader, isNamed: boolean): OvhSettings | null {
  const applicationKey = read.text('OVH_APPLICATION_KEY');
  const applicationSecret = read.text('OVH_APPLICATION_SECRET');
  const consumerKey = read.text('OVH_CONSUMER_KEY');
  const serviceName = read.formed('OVH_SMS_SERVICE', OVH_SERVICE, 'an SMS account such as sms-ab12345-1');
  const from = smsSender(read, 'OVH_SENDER');
  const apiUrl = read.url('OVH_API_URL', ['http:', 'https:']);
  const perSecond = read.whole('OVH_PER_SECOND', PER_SECOND);
  const needed = [
    'OVH_APPLICATION_KEY',
    'OVH_APPLICATION_SECRET',
    'OVH_CONSUMER_KEY',
    'OVH_SMS_SERVICE',
    'OVH_SENDER',
  ];
  if (!isAsked(read, needed, isNamed)) return null;
  return {
    kind: 'ovh',
    applicationKey: applicationKey ?? '',
    applicationSecret: applicationSecret ?? '',
    consumerKey: consumerKey ?? '',
    serviceName: serviceName ?? '',
    from: from ?? '',
    apiUrl,
    perSecond,
  };
}

function kannel(read: EnvironmentReader, isNamed: boolean): KannelSettings | null {
  const sendUrl = read.url('KANNEL_URL', ['http:', 'https:']);
  const username = read.text('KANNEL_USERNAME');
  const password = read.text('KANNEL_PASSWORD');
  const from = smsSender(read, 'KANNEL_SENDER');
  const perSecond = read.whole('KANNEL_PER_SECOND', PER_SECOND);
  const needed = ['KANNEL_URL', 'KANNEL_USERNAME', 'KANNEL_PASSWORD', 'KANNEL_SENDER'];
  if (!isAsked(read, needed, isNamed)) return null;
  return {
    kind: 'kannel',
    sendUrl: sendUrl ?? '',
    username: username ?? '',
    password: password ?? '',
    from: from ?? '',
    perSecond,
  };
}

/** Whether a provider is named, or one of what it needs is set; then all of it must be. */
function isAsked(read: EnvironmentReader, needed: readonly string[], isNamed: boolean): boolean {
  const missing = needed.filter((name) => !read.text(name));
  if (!isNamed && missing.length === needed.length) return false;
  const others = needed.filter((name) => !missing.includes(name));
  for (const name of missing) read.refuse(name, `is required with ${others[0] ?? 'SMS_PROVIDERS'}`);
  return true;
}
