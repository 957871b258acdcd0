import { addMilliseconds, DAY } from '@portillon/kernel';

/** RS256 first: every relying party reads it (OpenID Connect Core, 15.1). ES256 is the short and fast one. */
export const SIGNING_ALGORITHMS = ['RS256', 'ES256'] as const;

export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** Published before it signs, signs, published until what it signed has expired. */
export type SigningKeyState = 'next' | 'active' | 'retired';

/** A key of the service, as it is listed. */
export interface SigningKeyInfo {
  id: string;
  algorithm: SigningAlgorithm;
  state: SigningKeyState;
  createdAt: Date;
  activatedAt: Date | null;
  retiredAt: Date | null;
}

/** The result of a rotation. */
export type SigningKeyRotation =
  | { status: 'rotated'; keys: SigningKeyInfo[] }
  | { status: 'none-next' }
  | { status: 'too-soon'; readyAt: Date };

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
