import { Clock, MINUTE } from '@portillon/kernel';

/** Range that providers accept; messages are never valid for longer. */
const [SHORTEST, LONGEST] = [1, 1_440];

/** Validity of a message at the provider, whole minutes. */
export function minutesLeft(usefulUntil: Date, clock: Clock): number {
  const left = Math.floor((usefulUntil.getTime() - clock.now().getTime()) / MINUTE);
  return Math.min(Math.max(left, SHORTEST), LONGEST);
}
