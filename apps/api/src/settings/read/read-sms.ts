import { isLoopback } from '@portillon/http';
import { smsProviders as all, type SmsProviderOptions } from '@portillon/notification';
import { REPORTS_PATH } from '../../delivery/delivery-reports';
import { EnvironmentReader } from '../environment-reader';

interface Around {
  publicUrl: string;
  outboundAllow: string[];
}

/** The providers of SMS in the order in which they are tried: those that SMS_PROVIDERS names, or all that are set up. */
export function readSmsProviders(
  read: EnvironmentReader,
  { publicUrl, outboundAllow }: Around,
): SmsProviderOptions[] {
  const kinds = all.map(({ kind }) => kind);
  const named = read.stringList('SMS_PROVIDERS', kinds);
  // Twilio refuses a message whose reports would go to an address that only this machine has.
  const isReachable = !isLoopback(new URL(publicUrl).hostname);
  const setUp = all.flatMap((one) => {
    const reportUrl = isReachable ? publicUrl + REPORTS_PATH + one.kind : undefined;
    return one.read(read, { isNamed: named.includes(one.kind), reportUrl, outboundAllow }) ?? [];
  });
  if (named.length === 0) return setUp;
  return [...new Set(named)].flatMap((name) => setUp.filter(({ kind }) => kind === name));
}
