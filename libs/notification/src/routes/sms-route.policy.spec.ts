import { judgeSmsRoute, recentWindow, settledHour } from './sms-route.policy';

const BEFORE = { sent: 1_000, converted: 900 };

describe('a provider of SMS', () => {
  it.each([
    ['usual', { sent: 20, accounts: 20, answering: 18 }, BEFORE],
    ['usual', { sent: 100, accounts: 100, answering: 54 }, BEFORE],
    ['poor', { sent: 100, accounts: 100, answering: 53 }, BEFORE],
    ['poor', { sent: 20, accounts: 12, answering: 0 }, BEFORE],
    ['usual', { sent: 48, accounts: 12, answering: 12 }, BEFORE],
    ['unknown', { sent: 24, accounts: 11, answering: 0 }, BEFORE],
    ['unknown', { sent: 19, accounts: 19, answering: 0 }, BEFORE],
    ['unknown', { sent: 20, accounts: 20, answering: 0 }, { sent: 19, converted: 19 }],
    ['usual', { sent: 20, accounts: 20, answering: 0 }, { sent: 1_000, converted: 0 }],
  ])('is %s with %j, against %j in seven days', (verdict, recent, before) => {
    expect(judgeSmsRoute(recent, before)).toBe(verdict);
  });

  it('is looked at over fifteen minutes whose codes could be typed', () => {
    const window = recentWindow(new Date('2026-03-02T08:30:00Z'));
    expect(window).toEqual([new Date('2026-03-02T08:14:00Z'), new Date('2026-03-02T08:29:00Z')]);
  });

  it.each([
    ['08:14', '06:00', '07:00', '08:15'],
    ['08:15', '07:00', '08:00', '09:15'],
  ])('at %s has an hour that is over: from %s to %s, and the next one at %s', (now, start, end, nextAt) => {
    const at = (time: string) => new Date(`2026-03-02T${time}:00Z`);
    expect(settledHour(at(now))).toEqual({ start: at(start), end: at(end), nextAt: at(nextAt) });
  });
});
