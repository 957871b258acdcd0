// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { changeOf, medianDelay } from './statistics-figures';

const delays = (...counts: [number, number, number]) => [
  { upToSeconds: 10, codes: counts[0] },
  { upToSeconds: 20, codes: counts[1] },
  { upToSeconds: null, codes: counts[2] },
];

describe('the median time from sending a code to its use', () => {
  it('lies within the step that holds the middle code', () => {
    expect(medianDelay(delays(2, 4, 0))).toBe(12.5);
    expect(medianDelay(delays(4, 0, 0))).toBe(5);
    expect(medianDelay(delays(3, 0, 3))).toBe(10);
  });

  it('is none where no code was used, and beyond every bound where most took longer', () => {
    expect(medianDelay(delays(0, 0, 0))).toBeUndefined();
    expect(medianDelay(delays(1, 1, 5))).toBe(Infinity);
  });
});

describe('the change of a figure', () => {
  it('is a part of a count, points of a share, and seconds', () => {
    expect(changeOf('count', 108, 100)).toBeCloseTo(0.08);
    expect(changeOf('share', 0.84, 0.85)).toBeCloseTo(-0.01);
    expect(changeOf('seconds', 19, 21)).toBe(-2);
  });

  it('is none of nothing', () => {
    expect(changeOf('count', 3, 0)).toBeUndefined();
    expect(changeOf('count', 0, 0)).toBeUndefined();
    expect(changeOf('share', undefined, 0.5)).toBeUndefined();
    expect(changeOf('seconds', Infinity, Infinity)).toBeUndefined();
  });
});
