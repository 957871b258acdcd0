/** How the identity of an account's person was verified. */
export const IDENTITY_METHODS = ['pro-sante-connect', 'card', 'face-to-face'] as const;
export type IdentityMethod = (typeof IDENTITY_METHODS)[number];

/** That the person of an account is who it says, and since when that is known. */
export interface IdentityVerification {
  method: IdentityMethod;
  at: Date;
}

/**
 * Whether the national directory lists the national id of an account; `unknown`: it does not cover ids of this kind.
 */
export const DIRECTORY_STATES = ['found', 'not-found', 'unknown'] as const;
export type DirectoryState = (typeof DIRECTORY_STATES)[number];

/** What the national directory said last. */
export interface DirectoryEntryState {
  state: DirectoryState;
  at: Date;
}

/** A national id that is to be looked up. */
export interface DueLookup {
  accountId: string;
  nationalId: string;
  /** Null: it was never looked up. */
  dueAt: Date | null;
}

/** How many people whose account is not closed; one may be in several of the numbers but the first. */
export interface IdentityCount {
  people: number;
  /** Whose identity was never verified. */
  unverified: number;
  /** Whose identity is to be verified again. */
  due: number;
  /** Whose national id the directory does not know. */
  unknownToDirectory: number;
}
