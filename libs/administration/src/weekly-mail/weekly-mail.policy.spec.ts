import { nextMonday } from './weekly-mail.policy';

describe('the next Monday at 8:00 in Paris', () => {
  it.each([
    ['on a Friday in winter', '2026-12-04T10:00Z', '2026-12-07T07:00Z'],
    ['on a Monday before 8:00', '2026-12-07T06:59Z', '2026-12-07T07:00Z'],
    ['on a Monday at 8:00', '2026-12-07T07:00Z', '2026-12-14T07:00Z'],
    ['on a Sunday that is Monday in Paris', '2026-12-06T23:30Z', '2026-12-07T07:00Z'],
    ['before the clocks go forward', '2026-03-28T10:00Z', '2026-03-30T06:00Z'],
    ['before the clocks go back', '2026-10-24T10:00Z', '2026-10-26T07:00Z'],
  ])('%s', (_, now, expected) => {
    expect(nextMonday(new Date(now))).toEqual(new Date(expected));
  });
});
