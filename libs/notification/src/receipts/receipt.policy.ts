import { LOST, type ReceiptRow } from '../notification.repository';
import type { Receipt } from '../notification.types';

/** What is known of a message: the provider's last word where there is one, or else whether the message left. */
export function receiptOf({ state, settledAt, report, reportedAt }: ReceiptRow): Receipt {
  if (report === 'delivered') return { delivery: 'delivered', at: reportedAt };
  if (report && LOST.includes(report)) return { delivery: 'undelivered', at: reportedAt };
  if (state === 'FAILED') return { delivery: 'undelivered', at: settledAt };
  return state === 'SENT' ? { delivery: 'sent', at: settledAt } : { delivery: 'unconfirmed', at: null };
}
