import type { Challenge, FactorWay } from '../../api/types';
import { useServerClockStore } from '../../stores/server-clock.store';

const key = (purpose: Challenge['purpose']) => `portillon.challenge.${purpose}`;
const WAYS = 'portillon.ways.sign-in';
const UNREMEMBERED = 'portillon.shared.sign-in';
const purposes: Challenge['purpose'][] = ['sign-in', 'session', 'phone-verification', 'mail-change'];

/**
 * Stores the state of the sent code (never the code) for this tab. A phone that unloads the tab, or a dialog closed
 * by mistake, then needs no second message.
 */
export function keepChallenge(challenge: Challenge): void {
  sessionStorage.setItem(key(challenge.purpose), JSON.stringify(challenge));
}

/** Returns this tab's open challenge for this purpose, if any. */
export function keptChallenge(purpose: Challenge['purpose']): Challenge | null {
  const challenge = read<Challenge>(key(purpose));
  const now = useServerClockStore().now();
  const open = challenge && Date.parse(challenge.expiresAt) > now && challenge.attemptsLeft > 0;
  return open ? challenge : null;
}

/** Stores the other factors of a sign-in, for the same time. */
export function keepWays(ways: FactorWay[]): void {
  sessionStorage.setItem(WAYS, JSON.stringify(ways));
}

export function keptWays(): FactorWay[] {
  return read<FactorWay[]>(WAYS) ?? [];
}

/** Stores, for the same time, that this person may not trust a browser: their structure's workstations are shared. */
export function keepUnremembered(is: boolean): void {
  if (is) sessionStorage.setItem(UNREMEMBERED, 'true');
}

export const keptUnremembered = () => sessionStorage.getItem(UNREMEMBERED) !== null;

function read<Kept>(name: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

export function dropChallenge(purpose: Challenge['purpose']): void {
  sessionStorage.removeItem(key(purpose));
}

/** Another person may sign in next in this tab. */
export function dropChallenges(): void {
  purposes.forEach(dropChallenge);
  sessionStorage.removeItem(WAYS);
  sessionStorage.removeItem(UNREMEMBERED);
}
