import { Clock, MINUTE } from '@portillon/kernel';

/** What providers take: longer than any message of ours is of use. */
const [SHORTEST, LONGEST] = [1, 1_440];

/** How long a provider may go on trying, in whole minutes: later, the message is of no use. */
export function minutesLeft(usefulUntil: Date, clock: Clock): number {
  const left = Math.floor((usefulUntil.getTime() - clock.now().getTime()) / MINUTE);
  return Math.min(Math.max(left, SHORTEST), LONGEST);
}
