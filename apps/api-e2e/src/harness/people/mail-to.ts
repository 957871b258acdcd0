import type { Stage } from '../server/stage';
import { eventually } from '../server/eventually';

/** The text of the first mail to this address, once it has come. */
export async function mailTo({ smtp }: Stage, address: string): Promise<string> {
  const isToThem = (mail: { to?: unknown }) => JSON.stringify(mail.to ?? '').includes(address);
  return (await eventually(`a mail to ${address}`, () => smtp.mails.find(isToThem))).text!;
}
