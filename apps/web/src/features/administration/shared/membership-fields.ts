import type { Role } from '../../../api/types';
import { dayAfter, dayInParis, startInParis } from '../../../composables/dates/paris-day';

export interface MembershipFields {
  function: string;
  roles: Role[];
  /** As a date field holds it. */
  lastDay: string;
}

export function membershipFields(of?: {
  function: string | null;
  roles: readonly string[];
  until: string | null;
}): MembershipFields {
  return {
    function: of?.function ?? '',
    roles: [...(of?.roles ?? ['professional'])] as Role[],
    lastDay: of?.until ? dayInParis(of.until) : '',
  };
}

/** Lasts until the end of its last day in Paris. */
export function membershipOf({ function: post, roles, lastDay }: MembershipFields) {
  const next = lastDay && startInParis(dayAfter(lastDay));
  const until = next ? new Date(Date.parse(next) - 1).toISOString() : null;
  return { function: post.trim() || null, roles, until };
}
