import { DAY, HOUR } from '@portillon/kernel';
import type { Limit } from '@portillon/rate-limit';

/** Requests from one address block, whoever they name (policy: sends per address block, 60 per hour). */
export const RESETS_PER_BLOCK: Limit = { name: 'reset.block.hour', max: 60, windowMs: HOUR };

/**
 * Links to one person. Counters of their own: a stranger who asks for links must not use up the codes that the person
 * needs to sign in.
 */
export const LINKS_PER_ACCOUNT: readonly Limit[] = [
  { name: 'reset.account.hour', max: 3, windowMs: HOUR },
  { name: 'reset.account.day', max: 6, windowMs: DAY },
];
