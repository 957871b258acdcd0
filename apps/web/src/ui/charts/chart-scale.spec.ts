// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { niceTop, stack, sums } from './chart-scale';

const series = [
  { key: 'a', text: 'A', values: [1, 0, 3] },
  { key: 'b', text: 'B', values: [2, 0, 1] },
];

describe('a chart', () => {
  it.each([
    [0, 2],
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
    [11, 12],
    [99, 100],
    [101, 120],
    [2_100, 2_400],
    [2_401, 3_000],
    [361_585, 400_000],
  ])('whose highest value is %i ends at %i, whose half is whole', (highest, top) => {
    expect(niceTop(highest)).toBe(top);
    expect(Number.isInteger(top / 2)).toBe(true);
  });

  it('leaves no more than a quarter of its axis empty, once it counts more than a few', () => {
    for (let highest = 3; highest < 20_000; highest += 7)
      expect([highest, highest / niceTop(highest) > 0.74]).toEqual([highest, true]);
  });

  it('adds up each period', () => {
    expect(sums(series)).toEqual([3, 0, 4]);
    expect(sums([])).toEqual([]);
  });

  it('stands its bars on each other, within its space', () => {
    const [first, second] = stack(series, { left: 40, width: 340, height: 100, top: 4 });
    expect(first!.bars.map(({ y, height }) => [y, height])).toEqual([
      [75, 25],
      [100, 0],
      [25, 75],
    ]);
    expect(second!.bars.map(({ y, height }) => [y, height])).toEqual([
      [25, 50],
      [100, 0],
      [0, 25],
    ]);
    const right = second!.bars[2]!;
    expect(right.x + right.width).toBeLessThanOrEqual(340);
  });
});
