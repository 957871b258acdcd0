import type { Finding, Head, Verification } from '../verification/verification.types';

/** Result of a proof: a verification with its first fault or doubt. */
export type ProofResult = Pick<
  Verification,
  'verdict' | 'head' | 'seals' | 'lines' | 'purgedThrough' | 'waiting'
> & {
  /** Number of faults. */
  wrong: number;
  first: Finding | null;
};

/** The latest requested proof of the whole journal. */
export interface AuditProof {
  /** Account of the requester; null: none. */
  askedBy: string | null;
  askedAt: Date;
  /** A head that was kept elsewhere, to look for. */
  noted: Head | null;
  /** Lines read so far, and the approximate total. */
  read: number;
  total: number;
  endedAt: Date | null;
  /** Null until it has ended. */
  result: ProofResult | null;
}

/** A lease on a proof. */
export interface ProofLease {
  heldBy: string;
  noted: Head | null;
}
