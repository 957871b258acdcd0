import { isLoopback } from '@portillon/http';
import { smsProviders as all, type SmsProviderOptions } from '@portillon/notification';
import { REPORTS_PATH } from '../../delivery/delivery-reports';
import { EnvironmentReader } from '../environment-reader';

interface Around {
  publicUrl: string;
  outboundAllow: string[];
}

/** The providers of SMS in the order in which they are tried: those that SMS_PROVIDERS names, or all that are set up. */
export function smsProviders(
  read: EnvironmentReader,
  { publicUrl, outboundAllow }: Around,
): SmsProviderOptions[] {
  const names = all.map(({ kind }) => kind as string);
  const named = read.words('SMS_PROVIDERS', names);
  // Twilio refuses a message whose reports would go to an address that only this machine has.
  const isReachable = !isLoopback(new URL(publicUrl).hostname);
  const reportUrl = (name: string) => (isReachable ? publicUrl + REPORTS_PATH + name : undefined);
  const found = new Map<string, SmsProviderOptions | null>(
    all.map((one) => {
      const around = { isNamed: named.includes(one.kind), reportUrl: reportUrl(one.kind), outboundAllow };
      return [one.kind, one.read(read, around)];
    }),
  );
  const order = named.length > 0 ? new Set(named) : names;
  return [...order].flatMap((name) => found.get(name) ?? []);
}
