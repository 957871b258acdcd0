import type { Session } from '@portillon/session';

/** An account has no profession: users choose an activity at each sign-in, and the latest counts. */
export function latestProfession(sessions: readonly Pick<Session, 'activity'>[]): string[] {
  return sessions.flatMap(({ activity }) => activity?.profession ?? []).slice(0, 1);
}
