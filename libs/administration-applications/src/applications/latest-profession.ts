import type { Session } from '@portillon/session';

/** An account has none: the person chooses one of their activities with each sign-in. The latest counts. */
export function latestProfession(sessions: readonly Pick<Session, 'activity'>[]): string[] {
  return sessions.flatMap(({ activity }) => activity?.profession ?? []).slice(0, 1);
}
