import type { ReportFigures } from '../../../api/types';

/** Kind of a figure: a count, a share, or seconds. */
type Kind = 'count' | 'share' | 'seconds';
interface Measure {
  kind: Kind;
  of: (figures: ReportFigures) => number | undefined;
  /** Direction of an improvement: 1 up, -1 down, 0 neither. */
  better: -1 | 0 | 1;
}

/** The five figures that summarise sign-ins. */
export const statisticsFigures = {
  signIns: { kind: 'count', of: ({ signIns }) => signIns.total, better: 0 },
  used: { kind: 'share', of: usedShare, better: 1 },
  delay: { kind: 'seconds', of: ({ delays }) => medianDelay(delays), better: -1 },
  locks: { kind: 'count', of: ({ locks }) => locks.total, better: -1 },
  refusals: { kind: 'count', of: ({ refusals }) => refusals.total, better: -1 },
} satisfies Record<string, Measure>;

/** A share of zero is undefined. */
function usedShare({ codes }: ReportFigures): number | undefined {
  return codes.sent.total === 0 ? undefined : codes.used.total / codes.sent.total;
}

/**
 * Estimated median seconds until a code's use: within its step, times count as evenly spread. Infinite beyond the
 * last bound; undefined without used codes.
 */
export function medianDelay(delays: ReportFigures['delays']): number | undefined {
  const half = delays.reduce((sum, { codes }) => sum + codes, 0) / 2;
  if (half === 0) return undefined;
  let before = 0;
  let from = 0;
  for (const { upToSeconds, codes } of delays) {
    if (before + codes >= half)
      return upToSeconds === null ? Infinity : from + ((half - before) / codes) * (upToSeconds - from);
    before += codes;
    from = upToSeconds ?? from;
  }
  return undefined;
}

/** Change of a figure: relative for a count, points for a share, seconds. Undefined without both values. */
export function changeOf(
  kind: Kind,
  now: number | undefined,
  before: number | undefined,
): number | undefined {
  if (now === undefined || before === undefined) return undefined;
  const change = kind === 'count' ? (now - before) / before : now - before;
  return Number.isFinite(change) ? change : undefined;
}
