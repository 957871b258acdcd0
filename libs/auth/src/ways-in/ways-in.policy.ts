import { WAY_IN_REASONS } from '@portillon/access';
import type { SignInMeans, WayInReason, Factor, PresentedPasskey } from '@portillon/access';
import type { Account } from '@portillon/account';

/** Whether a user can enter now: by their password, by other means only, only to add a strong means, or not. */
export const ENTRIES = ['yes', 'only-by', 'enrolment-only', 'no'] as const;
export type Entry = (typeof ENTRIES)[number];

/** One means, and how a sign-in by it would be decided now. */
export interface WayIn {
  means: SignInMeans;
  opens: boolean;
  /** Whether its session adds a strong means and does nothing else. */
  enrolmentOnly: boolean;
  /** For the password: the possible second factors, in the sign-in or in its session, the preferred one first. */
  codes: readonly Factor[];
  reasons: readonly WayInReason[];
}

export interface WaysIn {
  canEnter: Entry;
  /** The means that open an unlimited session; without any, the one that opens enrolment. */
  by: readonly SignInMeans[];
  /** The reasons to show, most important first; empty for a user without an obstacle. */
  reasons: readonly WayInReason[];
  ways: readonly WayIn[];
}

/** A user, and the passkeys of their account. */
export interface Entrant {
  account: Account;
  passkeys: readonly PresentedPasskey[];
}

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
