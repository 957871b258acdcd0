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
    [7, 10],
    [99, 100],
    [101, 200],
    [2_400, 4_000],
  ])('whose highest value is %i ends at %i, whose half is whole', (highest, top) => {
    expect(niceTop(highest)).toBe(top);
    expect(Number.isInteger(top / 2)).toBe(true);
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
