import { DAY, addMilliseconds } from '@portillon/kernel';

/** A relying party that read the keys a day ago still knows the key that starts to sign. */
const PUBLISHED_BEFORE_MS = DAY;
/** Longer than the longest life of a token and of a session: an ID token is a hint when the user signs out. */
export const PUBLISHED_AFTER_MS = DAY;

/** From when on a key made at `createdAt` may sign without a refused token. */
export function readyAt(createdAt: Date): Date {
  return addMilliseconds(createdAt, PUBLISHED_BEFORE_MS);
}

/** Keys retired before this time are no longer published. */
export function publishedSince(now: Date): Date {
  return addMilliseconds(now, -PUBLISHED_AFTER_MS);
}
