// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { changeOf, medianDelay } from './statistics-figures';

const delays = (...counts: [number, number, number]) => [
  { upToSeconds: 10, codes: counts[0] },
  { upToSeconds: 20, codes: counts[1] },
  { upToSeconds: null, codes: counts[2] },
];

describe('the median time from sending a code to its use', () => {
  it('lies within the step that contains the middle code', () => {
    expect(medianDelay(delays(2, 4, 0))).toBe(12.5);
    expect(medianDelay(delays(4, 0, 0))).toBe(5);
    expect(medianDelay(delays(3, 0, 3))).toBe(10);
  });

  it('is undefined without used codes, and infinite where most took longer than the last bound', () => {
    expect(medianDelay(delays(0, 0, 0))).toBeUndefined();
    expect(medianDelay(delays(1, 1, 5))).toBe(Infinity);
  });
});

describe('the change of a figure', () => {
  it('is relative for a count, in points for a share, and in seconds for a time', () => {
    expect(changeOf('count', 108, 100)).toBeCloseTo(0.08);
    expect(changeOf('share', 0.84, 0.85)).toBeCloseTo(-0.01);
    expect(changeOf('seconds', 19, 21)).toBe(-2);
  });

  it('is undefined without both figures', () => {
    expect(changeOf('count', 3, 0)).toBeUndefined();
    expect(changeOf('count', 0, 0)).toBeUndefined();
    expect(changeOf('share', undefined, 0.5)).toBeUndefined();
    expect(changeOf('seconds', Infinity, Infinity)).toBeUndefined();
  });
});
