import { toErasureValue, erasureRequestOf, isPastDay } from './erasure-request';

const NOW = new Date('2026-11-20T10:00:00Z');

describe('an erasure that was asked for by letter', () => {
  it('keeps when the request came and why, as the second administrator reads it', () => {
    const wish = { receivedOn: '2026-11-01', reason: 'Lettre du 1er novembre' };
    expect(erasureRequestOf(toErasureValue(wish))).toEqual(wish);
  });

  it.each(['2026-11-22', '0000-01-01', '2018-05-24', '2026-02-30', 'hier'])(
    'did not come on a day that is none, to come or before the law: %s',
    (day) => expect(isPastDay(day, NOW)).toBe(false),
  );

  it('may have come on the day that has begun in Nouméa, and on none after', () => {
    expect(isPastDay('2026-11-21', new Date('2026-11-20T13:00:00Z'))).toBe(true);
    expect(isPastDay('2026-11-21', new Date('2026-11-20T11:59:00Z'))).toBe(false);
  });
});
