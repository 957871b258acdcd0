/** Where the private key may be: in one authenticator, or in every device that a person's provider synchronises. */
export type PasskeyKind = 'device' | 'synced';

/** How the person's identity was proven: when the passkey was enrolled, or face to face by an administrator since. */
export type IdentityProof = 'pro-sante-connect' | 'cpx' | 'in-person';

/** Which passkeys count: where their key may be, and whether their person was identified. */
export interface AcceptedPasskeys {
  kind: 'any' | 'device';
  identity: 'any' | 'proven';
}

/** Means that replace codes by mail and SMS. */
export interface AcceptedMeans extends AcceptedPasskeys {
  /** Whether an authenticator app does. */
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

/** What a ceremony is for; a challenge of one purpose is refused for every other. */
export type PasskeyPurpose = 'sign-in' | 'step-up' | 'enrolment';

/** What a ceremony belongs to: its purpose, and the session that asked; empty where none is open yet. */
export interface Ceremony {
  purpose: PasskeyPurpose;
  binding: string;
}

/** What the page needs to begin a ceremony, and what its browser keeps meanwhile. */
export interface BegunCeremony<Options> {
  options: Options;
  /** For the browser's cookie: without it the answer is worth nothing. */
  cookie: string;
}

/** Why an answer of an authenticator was refused. For the journal: people get one answer. */
export type PasskeyRefusal =
  | 'passkey-challenge'
  | 'passkey-not-verified'
  | 'passkey-cross-origin'
  | 'passkey-other-person'
  | 'passkey-counter'
  | 'passkey-backup';
