/** Where the private key is: in one authenticator, or in every device that the person's provider synchronises. */
export type PasskeyKind = 'device' | 'synced';

/** How the holder's identity was proven: at the enrolment, or later face to face by an administrator. */
export type IdentityProof = 'pro-sante-connect' | 'cpx' | 'in-person';

/** Passkeys that count: by the place of their key, and by the identification of their holder. */
export interface AcceptedPasskeys {
  kind: 'any' | 'device';
  identity: 'any' | 'proven';
}

/** Means that replace codes by mail and SMS. */
export interface AcceptedMeans extends AcceptedPasskeys {
  /** Whether an authenticator app counts. */
  totp: boolean;
}

/** A passkey as its holder sees it. */
export interface Passkey {
  id: string;
  accountId: string;
  name: string;
  kind: PasskeyKind;
  identityProof: IdentityProof | null;
  identityProvedAt: Date | null;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** Purpose of a ceremony; a challenge of one purpose is refused for every other. */
export type PasskeyPurpose = 'sign-in' | 'step-up' | 'enrolment';

/** Purpose and session of a ceremony; the session is empty before one is open. */
export interface Ceremony {
  purpose: PasskeyPurpose;
  binding: string;
}

/** Options for the page, and the cookie of its browser. */
export interface BegunCeremony<Options> {
  options: Options;
  /** For the browser's cookie: without it the answer is worthless. */
  cookie: string;
}

/** Reasons for a refused answer, for the journal: people always get the same answer. */
export type PasskeyRefusal =
  | 'passkey-challenge'
  | 'passkey-not-verified'
  | 'passkey-cross-origin'
  | 'passkey-other-person'
  | 'passkey-counter'
  | 'passkey-backup';
