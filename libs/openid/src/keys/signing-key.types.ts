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
