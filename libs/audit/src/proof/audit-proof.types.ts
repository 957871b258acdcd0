import type { Finding, Head, Verification } from '../verification/verification.types';

/** What a proof found: as a verification, with the first thing that is wrong, or that could not be checked. */
export type ProofResult = Pick<
  Verification,
  'verdict' | 'head' | 'seals' | 'lines' | 'purgedThrough' | 'waiting'
> & {
  /** How many things are wrong. */
  wrong: number;
  first: Finding | null;
};

/** The proof of the whole journal that was asked for last. */
export interface AuditProof {
  /** Account of the requester; null: none. */
  askedBy: string | null;
  askedAt: Date;
  /** A head that was kept elsewhere and is looked for. */
  noted: Head | null;
  /** Lines read so far, of about so many. */
  read: number;
  total: number;
  endedAt: Date | null;
  /** Null until it has ended. */
  result: ProofResult | null;
}

/** The proof in the hands of one process. */
export interface ProofLease {
  heldBy: string;
  noted: Head | null;
}
