import type { ReportFigures } from '../../../api/types';

/** A figure that counts, a share of a whole, or seconds. */
type Kind = 'count' | 'share' | 'seconds';
interface Measure {
  kind: Kind;
  of: (figures: ReportFigures) => number | undefined;
  /** Which way it should go: 1 up, -1 down, 0 neither. */
  better: -1 | 0 | 1;
}

/** The five figures that say how sign-ins go. */
export const statisticsFigures = {
  signIns: { kind: 'count', of: ({ signIns }) => signIns.total, better: 0 },
  used: { kind: 'share', of: usedShare, better: 1 },
  delay: { kind: 'seconds', of: ({ delays }) => medianDelay(delays), better: -1 },
  locks: { kind: 'count', of: ({ locks }) => locks.total, better: -1 },
  refusals: { kind: 'count', of: ({ refusals }) => refusals.total, better: -1 },
} satisfies Record<string, Measure>;

/** A share of nothing is none. */
function usedShare({ codes }: ReportFigures): number | undefined {
  return codes.sent.total === 0 ? undefined : codes.used.total / codes.sent.total;
}

/**
 * In how many seconds half of the codes were used: read within its step as if they were spread evenly there, which is
 * an estimate. Infinite where it lies beyond the last bound; none where no code was used.
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

/** By how much it changed: a part of what was for a count, points for a share, seconds; none without both. */
export function changeOf(
  kind: Kind,
  now: number | undefined,
  before: number | undefined,
): number | undefined {
  if (now === undefined || before === undefined) return undefined;
  const change = kind === 'count' ? (now - before) / before : now - before;
  return Number.isFinite(change) ? change : undefined;
}
