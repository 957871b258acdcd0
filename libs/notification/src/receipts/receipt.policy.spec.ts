import { receiptOf } from './receipt.service';

const [LEFT, TOLD] = [new Date('2026-03-02T16:12:00Z'), new Date('2026-03-02T16:13:00Z')];

describe('what is known of a message', () => {
  it.each([
    ['left', 'SENT', null, { delivery: 'sent', at: LEFT }],
    ['left, and is on its way', 'SENT', 'sent', { delivery: 'sent', at: LEFT }],
    ['is on the phone', 'SENT', 'delivered', { delivery: 'delivered', at: TOLD }],
    [
      'is on the phone, though no answer came',
      'UNCONFIRMED',
      'delivered',
      { delivery: 'delivered', at: TOLD },
    ],
    ['could not be delivered', 'SENT', 'undelivered', { delivery: 'undelivered', at: TOLD }],
    ['came too late', 'SENT', 'expired', { delivery: 'undelivered', at: TOLD }],
    ['was rejected by the operator', 'SENT', 'rejected', { delivery: 'undelivered', at: TOLD }],
    ['failed in the network', 'SENT', 'failed', { delivery: 'undelivered', at: TOLD }],
    ['did not leave', 'FAILED', null, { delivery: 'undelivered', at: LEFT }],
    ['may have left', 'UNCONFIRMED', null, { delivery: 'unconfirmed', at: null }],
    ['is leaving', 'SENDING', null, { delivery: 'unconfirmed', at: null }],
  ] as const)('%s', (_, state, report, known) => {
    const reportedAt = report ? TOLD : null;
    expect(receiptOf({ state, settledAt: LEFT, report, reportedAt })).toEqual(known);
  });
});
