import { Clock } from './clock';
import { lowestId, SystemRandom, timeOfId } from './random';

class StandingClock extends Clock {
  constructor(private readonly time: string) {
    super();
  }

  override now(): Date {
    return new Date(this.time);
  }
}

const at = (time: string) => new SystemRandom(new StandingClock(time));

describe('randomness', () => {
  it('returns every digit about as often, leading zeros too', () => {
    const random = at('2026-11-24T15:00:00Z');
    const codes = Array.from({ length: 10_000 }, () => random.digits(6));
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    const first = codes.filter((code) => code.startsWith('0')).length;
    expect(first).toBeGreaterThan(800);
    expect(first).toBeLessThan(1_200);
  });

  it('returns UUIDs of version 7 that sort by creation time', () => {
    const [earlier, later] = [at('2026-11-24T15:00:00.000Z').id(), at('2026-11-24T15:00:00.001Z').id()];
    expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(earlier < later).toBe(true);
  });

  it('returns the lowest id of an instant', () => {
    const time = '2026-11-24T15:00:00.001Z';
    const lowest = lowestId(new Date(time));
    expect(lowest).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7000-8000-0{12}$/);
    expect(lowest <= at(time).id()).toBe(true);
    expect(at('2026-11-24T15:00:00.000Z').id() < lowest).toBe(true);
  });

  it('reads the creation time from an id', () => {
    const time = '2026-11-24T15:00:00.001Z';
    expect(timeOfId(at(time).id())).toEqual(new Date(time));
  });

  it('returns ids that sort by creation within one millisecond too', () => {
    const random = at('2026-11-24T15:00:00.000Z');
    const ids = Array.from({ length: 10_000 }, () => random.id());
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(10_000);
  });

  it('returns different bytes each time, in any number', () => {
    const random = at('2026-11-24T15:00:00Z');
    const drawn = Array.from({ length: 2_000 }, (_, index) => random.bytes(16 + (index % 400)));
    expect(drawn.every((bytes, index) => bytes.length === 16 + (index % 400))).toBe(true);
    expect(new Set(drawn.map((bytes) => bytes.subarray(0, 16).toString('hex'))).size).toBe(2_000);
  });

  it('returns fractions from 0 to under 1', () => {
    const random = at('2026-11-24T15:00:00Z');
    const fractions = Array.from({ length: 1_000 }, () => random.fraction());
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...fractions)).toBeLessThan(1);
  });
});
