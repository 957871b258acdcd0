import { PastChallenge } from './otp-challenge.repository';
import { nextSend } from './otp.policy';

const earlier = new Date('2026-11-24T15:30:00.000Z');
const later = new Date('2026-11-24T15:39:00.000Z');

function past(...rows: Partial<PastChallenge>[]): PastChallenge[] {
  return rows.map((row, index) => ({
    id: `challenge-${rows.length - index}`,
    round: rows.length - index,
    sends: rows.length - index,
    state: 'REPLACED',
    channel: 'EMAIL',
    resendAvailableAt: earlier,
    ...row,
  }));
}

describe('the pace of resending', () => {
  it('does not hold the first code up', () => {
    expect(nextSend([], 'EMAIL')).toEqual({ round: 1, sends: 1, availableAt: undefined, openId: undefined });
  });

  it('waits for the last code by the same channel, and replaces the open one', () => {
    const rows = past({ state: 'OPEN', resendAvailableAt: later }, {});
    expect(nextSend(rows, 'EMAIL')).toEqual({
      round: 3,
      sends: 3,
      availableAt: later,
      openId: 'challenge-2',
    });
  });

  it('does not wait for the other channel', () => {
    const rows = past({ state: 'OPEN', channel: 'SMS', resendAvailableAt: later });
    expect(nextSend(rows, 'EMAIL')).toEqual({
      round: 2,
      sends: 2,
      availableAt: undefined,
      openId: 'challenge-1',
    });
  });

  it('cannot be hurried by going to and fro between the channels', () => {
    const rows = past({ state: 'OPEN', channel: 'SMS' }, { channel: 'EMAIL', resendAvailableAt: later });
    expect(nextSend(rows, 'EMAIL')).toMatchObject({ sends: 3, availableAt: later });
  });

  it.each(['VOID', 'EXPIRED', 'REPLACED'] as const)('waits after a code that ended %s', (state) => {
    expect(nextSend(past({ state, resendAvailableAt: later }), 'EMAIL').availableAt).toEqual(later);
  });

  it('begins anew once a code was used', () => {
    const rows = past({ state: 'USED', resendAvailableAt: later }, {}, {});
    expect(nextSend(rows, 'EMAIL')).toEqual({
      round: 4,
      sends: 1,
      availableAt: undefined,
      openId: undefined,
    });
  });
});
