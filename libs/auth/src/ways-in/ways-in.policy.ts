import { WAY_IN_REASONS } from '@portillon/access';
import type { SignInMeans, WayInReason } from '@portillon/access';
import type { Entry, WayIn, WaysIn } from './ways-in.types';

/** Reasons for which the user needs another means: the answer also gives the obstacles to those means. */
const RULES: readonly string[] = [
  'pro-sante-connect-only',
  'strong-means-only',
  'enrolment-only',
  'identity-unverified',
];

/** Combines a user's ways in into one answer. */
export function answerOf(ways: readonly WayIn[]): WaysIn {
  const by = ways.filter(({ opens, enrolmentOnly }) => opens && !enrolmentOnly).map(({ means }) => means);
  const password = ways.find(({ means }) => means === 'password')!;
  const canEnter = entryOf(by, password);
  const shownMeans: SignInMeans[] = canEnter === 'enrolment-only' ? ['password'] : by;
  return { canEnter, by: shownMeans, reasons: shownReasons(canEnter, password, ways), ways };
}

function entryOf(by: readonly SignInMeans[], password: WayIn): Entry {
  if (by.includes('password')) return 'yes';
  if (by.length > 0) return 'only-by';
  return password.opens ? 'enrolment-only' : 'no';
}

function shownReasons(canEnter: Entry, password: WayIn, ways: readonly WayIn[]): WayInReason[] {
  if (canEnter === 'yes' || canEnter === 'only-by') return [...password.reasons];
  const others = password.reasons.some(({ code }) => RULES.includes(code))
    ? ways.filter((way) => way !== password).flatMap(({ reasons }) => reasons)
    : [];
  return once([...password.reasons, ...others.filter(({ code }) => code !== 'means-not-offered')]);
}

/** Each reason once, in the order of {@link WAY_IN_REASONS}. */
function once(reasons: readonly WayInReason[]): WayInReason[] {
  const byCode = new Map(reasons.map((reason) => [reason.code, reason]));
  return WAY_IN_REASONS.flatMap((code) => byCode.get(code) ?? []);
}
