import { DAY, addMilliseconds } from '@portillon/kernel';
import type { StructurePolicy } from './structure.policy';

/**
 * The course of a structure to strong means: `encouraged` until 30 days before its date, `announced` until it comes;
 * for 14 days more password and code open `enrolment` alone; then strong means are `required`.
 */
export type StrongMeansStage = 'none' | 'encouraged' | 'announced' | 'enrolment' | 'required';

const ANNOUNCED_MS = 30 * DAY;
/** For so long password and code let a person enrol a strong means, and do nothing else. */
export const ENROLMENT_MS = 14 * DAY;

export function strongMeansStage(
  { strongMeansFrom: from, strongMeansReached: reached }: StructurePolicy,
  now: Date,
): StrongMeansStage {
  if (!from) return 'none';
  if (reached === 2 || now >= addMilliseconds(from, ENROLMENT_MS)) return 'required';
  if (reached === 1 || now >= from) return 'enrolment';
  return now >= addMilliseconds(from, -ANNOUNCED_MS) ? 'announced' : 'encouraged';
}
