export interface ChartSeries {
  key: string;
  text: string;
  /** One value for each period. */
  values: number[];
}
export interface ChartBar {
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Steps within a power of ten: at most a quarter of the axis stays empty. */
const TOPS = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/** Round maximum of an axis; even, so that its half is whole. */
export function niceTop(highest: number): number {
  if (highest <= 10) return Math.max(2, 2 * Math.ceil(highest / 2));
  const power = 10 ** Math.floor(Math.log10(highest));
  return TOPS.map((one) => Math.round(one * power)).find((top) => top >= highest)!;
}

/** Sum of each period over all series. */
export function sums(series: ChartSeries[]): number[] {
  return (series[0]?.values ?? []).map((_, at) => series.reduce((sum, { values }) => sum + values[at]!, 0));
}

/** Stacked bars between `left` and `width`, down to `height`. */
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
