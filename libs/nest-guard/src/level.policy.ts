import type { PortillonPerson } from './person.types';
import type { RequiredLevel } from './require-acr.decorator';

/** Portillon's levels, lowest first. */
export const LEVELS = ['eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'] as const;

/** Whether a sign-in has the required level and freshness. A level that is not in `levels` is never reached. */
export function hasLevel(
  { acr, authenticatedAt }: Pick<PortillonPerson, 'acr' | 'authenticatedAt'>,
  required: RequiredLevel,
  { levels, now }: { levels: readonly string[]; now: Date },
): boolean {
  const asked = levels.indexOf(required.acr);
  if (asked === -1 || acr === null || levels.indexOf(acr) < asked) return false;
  if (required.maxAge === undefined) return true;
  return authenticatedAt !== null && authenticatedAt.getTime() + required.maxAge * 1_000 >= now.getTime();
}
