import type { AuthOptions } from '@portillon/auth';
import { HOUR, MINUTE } from '@portillon/kernel';
import type { NotificationOptions } from '@portillon/notification';
import type { SessionOptions } from '@portillon/session';
import { TWILIO_REPORTS_PATH } from '../delivery/twilio-reports';
import type { DemoMailbox } from '../demo/demo-mailbox';
import { Settings } from './settings';

export const SERVICE_NAME = 'Portillon';

/** From settings to the options of each lib: pure functions, so that what a variable does can be read here. */
export function authOptions(settings: Settings): AuthOptions {
  return {
    publicUrl: settings.publicUrl,
    serviceName: SERVICE_NAME,
    codeWindowMs: settings.codeWindowHours * HOUR,
    codeWindowScope: settings.codeWindowScope,
    smsDailyBudget: settings.smsDailyBudget,
  };
}

export function sessionOptions(settings: Settings): SessionOptions {
  return {
    idleMs: settings.sessionIdleMinutes * MINUTE,
    absoluteMs: settings.sessionMaxHours * HOUR,
    codeWindowMs: settings.codeWindowHours * HOUR,
  };
}

/** The demo's mailbox takes what no provider is named for; elsewhere a channel without provider is off. */
export function notificationOptions(
  settings: Settings,
  mailbox: DemoMailbox | undefined,
): NotificationOptions {
  const sms = smsProviders(settings, mailbox);
  return { mail: mailOptions(settings, mailbox), ...(sms.length > 0 ? { sms: { providers: sms } } : {}) };
}

function mailOptions(settings: Settings, mailbox: DemoMailbox | undefined): NotificationOptions['mail'] {
  if (settings.mail) return { transport: settings.mail.smtpUrl, from: settings.mail.from };
  return mailbox && { transport: mailbox.mailTransport, from: `${SERVICE_NAME} <portillon@demo.example>` };
}

function smsProviders(settings: Settings, mailbox: DemoMailbox | undefined) {
  const { twilio } = settings;
  if (!twilio) return mailbox ? [mailbox.smsSender] : [];
  return [
    {
      accountSid: twilio.accountSid,
      authToken: twilio.authToken,
      ...(twilio.from ? { from: twilio.from } : {}),
      ...(twilio.messagingServiceSid ? { messagingServiceSid: twilio.messagingServiceSid } : {}),
      ...(twilio.apiUrl ? { apiUrl: twilio.apiUrl } : {}),
      ...(isReachable(settings.publicUrl)
        ? { statusCallbackUrl: settings.publicUrl + TWILIO_REPORTS_PATH }
        : {}),
    },
  ];
}

/** Twilio refuses a message whose reports would go to an address that only this machine has. */
function isReachable(publicUrl: string): boolean {
  return !['localhost', '127.0.0.1', '[::1]'].includes(new URL(publicUrl).hostname);
}
