export interface ChartSeries {
  key: string;
  text: string;
  /** One a period. */
  values: number[];
}
export interface ChartBar {
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The round number at which an axis ends: 1, 2 or 5 times a power of ten, even so that its half is whole. */
export function niceTop(highest: number): number {
  if (highest <= 2) return 2;
  const power = 10 ** Math.floor(Math.log10(highest));
  const factor = [1, 2, 4, 5, 10].find((one) => one * power >= highest)!;
  return factor * power === 5 ? 6 : factor * power;
}

/** The sum of each period over every series. */
export function sums(series: ChartSeries[]): number[] {
  return (series[0]?.values ?? []).map((_, at) => series.reduce((sum, { values }) => sum + values[at]!, 0));
}

/** Bars that stand on each other, in the space from `left` to `width` and down to `height`. */
export function stack(
  series: ChartSeries[],
  { left, width, height, top }: { left: number; width: number; height: number; top: number },
): { key: string; bars: ChartBar[] }[] {
  const step = (width - left) / Math.max(1, series[0]?.values.length ?? 0);
  const bar = Math.min(64, step > 6 ? step * 0.7 : step);
  const risen = sums(series).map(() => 0);
  return series.map(({ key, values }) => ({
    key,
    bars: values.map((value, at) => {
      const tall = (value / top) * height;
      risen[at]! += tall;
      return {
        key: `${at}`,
        x: left + step * at + (step - bar) / 2,
        y: height - risen[at]!,
        width: bar,
        height: tall,
      };
    }),
  }));
}
