import type { Environment } from '../environment.types';
import { readSettings } from '../read/read-settings';
import type { SettingsError } from '../settings';

export const SECRET = 'value-that-nobody-may-read';
export const KEY = Buffer.alloc(32, 7).toString('base64');

export const complete = {
  SECRET_KEYS: `one:${KEY}`,
  SMTP_URL: 'smtp://127.0.0.1:25',
  MAIL_FROM: 'Portillon <portillon@portillon.example>',
};

export const twilio = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'x',
  TWILIO_FROM: '+33937000000',
};

export const ovh = {
  OVH_APPLICATION_KEY: 'x',
  OVH_APPLICATION_SECRET: 'x',
  OVH_CONSUMER_KEY: 'x',
  OVH_SMS_SERVICE: 'sms-ab12345-1',
  OVH_SENDER: 'Portillon',
};

export const kannel = {
  KANNEL_URL: 'http://127.0.0.1:13013/cgi-bin/sendsms',
  KANNEL_USERNAME: 'portillon',
  KANNEL_PASSWORD: 'x',
  KANNEL_SENDER: '36111',
};

export function problemsOf(environment: Environment): readonly string[] {
  try {
    readSettings(environment, '/nowhere');
    return [];
  } catch (error) {
    return (error as SettingsError).problems;
  }
}
