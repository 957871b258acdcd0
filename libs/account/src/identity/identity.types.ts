/** How the identity of an account holder was verified. */
export const IDENTITY_METHODS = ['pro-sante-connect', 'card', 'face-to-face'] as const;
export type IdentityMethod = (typeof IDENTITY_METHODS)[number];

/** A verification of the account holder's identity. */
export interface IdentityVerification {
  method: IdentityMethod;
  at: Date;
}

/** Whether the national directory lists the national id of an account; `unknown`: it does not cover ids of this kind. */
export const DIRECTORY_STATES = ['found', 'not-found', 'unknown'] as const;
export type DirectoryState = (typeof DIRECTORY_STATES)[number];

/** Last answer of the national directory. */
export interface DirectoryEntryState {
  state: DirectoryState;
  at: Date;
}

/** A national id that is due for a look-up. */
export interface DueLookup {
  accountId: string;
  nationalId: string;
  /** Null: it was never looked up. */
  dueAt: Date | null;
}

/** Number of open accounts; the other numbers may overlap. */
export interface IdentityCount {
  people: number;
  /** Identity never verified. */
  unverified: number;
  /** Identity due for another verification. */
  due: number;
  /** National id unknown to the directory. */
  unknownToDirectory: number;
}
