import { isLoopback } from '@portillon/http';
import { type HttpGateway, readHttpGateway, type SmsProviderOptions } from '@portillon/notification';
import { REPORTS_PATH } from '../../delivery/delivery-reports';
import { EnvironmentReader } from '../environment-reader';
import { contentOf } from '../pem-files';
import { smsSender } from '../sms-sender';

const ACCOUNT_SID = /^AC[0-9a-zA-Z]{32}$/;
const OVH_SERVICE = /^sms-[a-z0-9]+-\d+$/;
/** For one process; 0: as many as there are. */
const PER_SECOND = { default: 0, min: 0, max: 1_000 };

interface Around {
  publicUrl: string;
  outboundAllow: string[];
}

interface Reading {
  /** Whether SMS_PROVIDERS names it. */
  isNamed: boolean;
  /** Where it reports what became of messages; nothing where it cannot reach us. */
  reportUrl?: string;
  outboundAllow: string[];
}
type ProviderReader = (read: EnvironmentReader, reading: Reading) => SmsProviderOptions | null;

const READERS: Record<string, ProviderReader> = { twilio, ovh, kannel, http };
const NAMES = Object.keys(READERS);

/** The providers of SMS in the order in which they are tried: those that SMS_PROVIDERS names, or all that are set up. */
export function smsProviders(
  read: EnvironmentReader,
  { publicUrl, outboundAllow }: Around,
): SmsProviderOptions[] {
  const named = read.words('SMS_PROVIDERS', NAMES);
  // Twilio refuses a message whose reports would go to an address that only this machine has.
  const isReachable = !isLoopback(new URL(publicUrl).hostname);
  const reportUrl = (name: string) => (isReachable ? publicUrl + REPORTS_PATH + name : undefined);
  const found = new Map(
    Object.entries(READERS).map(([name, provider]) => [
      name,
      provider(read, { isNamed: named.includes(name), reportUrl: reportUrl(name), outboundAllow }),
    ]),
  );
  const order = named.length > 0 ? new Set(named) : NAMES;
  return [...order].flatMap((name) => found.get(name) ?? []);
}

function twilio(read: EnvironmentReader, { isNamed, reportUrl }: Reading): SmsProviderOptions | null {
  const needed = { accountSid: 'TWILIO_ACCOUNT_SID', authToken: 'TWILIO_AUTH_TOKEN' };
  read.formed('TWILIO_ACCOUNT_SID', ACCOUNT_SID, '"AC" and 32 letters or digits');
  const from = smsSender(read, 'TWILIO_FROM') ?? undefined;
  const messagingServiceSid = read.text('TWILIO_MESSAGING_SERVICE_SID') ?? undefined;
  const apiUrl = read.url('TWILIO_API_URL', ['http:', 'https:']) ?? undefined;
  const limits = capacity(read, 'TWILIO_PER_SECOND');
  if (!isAsked(read, Object.values(needed), isNamed)) return null;
  if (!from && !messagingServiceSid)
    read.refuse('TWILIO_FROM', 'or TWILIO_MESSAGING_SERVICE_SID is required');
  if (from && messagingServiceSid)
    read.refuse('TWILIO_MESSAGING_SERVICE_SID', 'and TWILIO_FROM exclude each other: unset one');
  const account = { ...textsOf(read, needed), from, messagingServiceSid, apiUrl, messageIntent: 'otp' };
  return { kind: 'twilio', ...account, ...limits, statusCallbackUrl: reportUrl };
}

function ovh(read: EnvironmentReader, { isNamed, reportUrl }: Reading): SmsProviderOptions | null {
  const needed = {
    applicationKey: 'OVH_APPLICATION_KEY',
    applicationSecret: 'OVH_APPLICATION_SECRET',
    consumerKey: 'OVH_CONSUMER_KEY',
    serviceName: 'OVH_SMS_SERVICE',
    from: 'OVH_SENDER',
  };
  read.formed('OVH_SMS_SERVICE', OVH_SERVICE, 'an SMS account such as sms-ab12345-1');
  smsSender(read, 'OVH_SENDER');
  const apiUrl = read.url('OVH_API_URL', ['http:', 'https:']) ?? undefined;
  const limits = capacity(read, 'OVH_PER_SECOND');
  if (!isAsked(read, Object.values(needed), isNamed)) return null;
  return { kind: 'ovh', ...textsOf(read, needed), apiUrl, ...limits, receiptUrl: reportUrl };
}

function kannel(read: EnvironmentReader, { isNamed, reportUrl }: Reading): SmsProviderOptions | null {
  const needed = {
    sendUrl: 'KANNEL_URL',
    username: 'KANNEL_USERNAME',
    password: 'KANNEL_PASSWORD',
    from: 'KANNEL_SENDER',
  };
  read.url('KANNEL_URL', ['http:', 'https:']);
  smsSender(read, 'KANNEL_SENDER');
  const limits = capacity(read, 'KANNEL_PER_SECOND');
  if (!isAsked(read, Object.values(needed), isNamed)) return null;
  return { kind: 'kannel', ...textsOf(read, needed), ...limits, receiptUrl: reportUrl };
}

function http(
  read: EnvironmentReader,
  { isNamed, reportUrl, outboundAllow }: Reading,
): SmsProviderOptions | null {
  const file = read.text('SMS_HTTP_FILE');
  const secret = read.text('SMS_HTTP_SECRET') ?? undefined;
  const from = smsSender(read, 'SMS_HTTP_SENDER') ?? undefined;
  const limits = capacity(read, 'SMS_HTTP_PER_SECOND');
  if (!file && (isNamed || secret)) read.refuse('SMS_HTTP_FILE', 'is required with the provider http');
  const gateway = file ? gatewayIn(read, file) : undefined;
  return gateway
    ? { kind: 'http', gateway, secret, from, receiptUrl: reportUrl, allow: outboundAllow, ...limits }
    : null;
}

function gatewayIn(read: EnvironmentReader, file: string): HttpGateway | undefined {
  const content = contentOf(read, 'SMS_HTTP_FILE', file);
  try {
    return content && readHttpGateway(content.toString());
  } catch (error) {
    read.refuse('SMS_HTTP_FILE', (error as Error).message);
    return undefined;
  }
}

function textsOf<Field extends string>(read: EnvironmentReader, names: Record<Field, string>) {
  const texts = Object.entries<string>(names).map(([field, name]) => [field, read.text(name) ?? '']);
  return Object.fromEntries(texts) as Record<Field, string>;
}

function capacity(read: EnvironmentReader, name: string): { capacityPerSecond?: number } {
  const perSecond = read.whole(name, PER_SECOND);
  return perSecond > 0 ? { capacityPerSecond: perSecond } : {};
}

/** Whether a provider is named, or one of what it needs is set; then all of it must be. */
function isAsked(read: EnvironmentReader, needed: readonly string[], isNamed: boolean): boolean {
  const missing = needed.filter((name) => !read.text(name));
  if (!isNamed && missing.length === needed.length) return false;
  const others = needed.filter((name) => !missing.includes(name));
  for (const name of missing) read.refuse(name, `is required with ${others[0] ?? 'SMS_PROVIDERS'}`);
  return true;
}
