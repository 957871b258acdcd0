import { toErasureValue, erasureRequestOf, isPastDay } from './pending-change.service';

const NOW = new Date('2026-11-20T10:00:00Z');

describe('an erasure requested by letter', () => {
  it('keeps the date and the reason of the request for the second administrator', () => {
    const wish = { receivedOn: '2026-11-01', reason: 'Lettre du 1er novembre' };
    expect(erasureRequestOf(toErasureValue(wish))).toEqual(wish);
  });

  it.each(['2026-11-22', '0000-01-01', '2018-05-24', '2026-02-30', 'hier'])(
    'did not come on a day that is none, to come or before the law: %s',
    (day) => expect(isPastDay(day, NOW)).toBe(false),
  );

  it("accepts today's date in Nouméa, and no later one", () => {
    expect(isPastDay('2026-11-21', new Date('2026-11-20T13:00:00Z'))).toBe(true);
    expect(isPastDay('2026-11-21', new Date('2026-11-20T11:59:00Z'))).toBe(false);
  });
});
