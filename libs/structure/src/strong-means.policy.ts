import { DAY, addMilliseconds } from '@portillon/kernel';
import type { StructurePolicy } from './structure.policy';

/**
 * Stages of a structure's change to strong means: `encouraged` until 30 days before its date; `announced` until the
 * date; `enrolment` for 14 days, when password and code only allow an enrolment; then `required`.
 */
export type StrongMeansStage = 'none' | 'encouraged' | 'announced' | 'enrolment' | 'required';

const ANNOUNCED_MS = 30 * DAY;
/** How long password and code still allow a person to enrol a strong means. */
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
