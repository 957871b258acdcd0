import { EnvironmentReader } from './environment-reader';
import { refuseUnusablePair } from './pem-files';
import { Settings, TwilioSettings } from './settings';

export const ADDRESS = /^[^\s<>,"\p{C}]+@[^\s<>@,"\p{C}]+$/u;
const ACCOUNT_SID = /^AC[0-9a-zA-Z]{32}$/;

export function twilio(read: EnvironmentReader): TwilioSettings | null {
  const accountSid = read.formed('TWILIO_ACCOUNT_SID', ACCOUNT_SID, '"AC" and 32 letters or digits');
  const authToken = read.text('TWILIO_AUTH_TOKEN');
  const from = read.text('TWILIO_FROM');
  const messagingServiceSid = read.text('TWILIO_MESSAGING_SERVICE_SID');
  const apiUrl = read.url('TWILIO_API_URL', ['http:', 'https:']);
  if (!read.text('TWILIO_ACCOUNT_SID') && !authToken) return null;
  refuseHalf(read, 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN');
  if (!from && !messagingServiceSid)
    read.refuse('TWILIO_FROM', 'or TWILIO_MESSAGING_SERVICE_SID is required');
  if (from && messagingServiceSid)
    read.refuse('TWILIO_MESSAGING_SERVICE_SID', 'and TWILIO_FROM exclude each other: unset one');
  return { accountSid: accountSid ?? '', authToken: authToken ?? '', from, messagingServiceSid, apiUrl };
}

export function tls(read: EnvironmentReader): Settings['tls'] {
  const certFile = read.text('TLS_CERT_FILE');
  const keyFile = read.text('TLS_KEY_FILE');
  if (!certFile && !keyFile) return null;
  refuseHalf(read, 'TLS_CERT_FILE', 'TLS_KEY_FILE');
  if (certFile && keyFile)
    refuseUnusablePair(read, { cert: ['TLS_CERT_FILE', certFile], key: ['TLS_KEY_FILE', keyFile] });
  return { certFile: certFile ?? '', keyFile: keyFile ?? '' };
}

function refuseHalf(read: EnvironmentReader, one: string, other: string): void {
  if (!read.text(one)) read.refuse(one, `is required with ${other}`);
  if (!read.text(other)) read.refuse(other, `is required with ${one}`);
}
