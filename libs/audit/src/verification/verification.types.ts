/** The last seal, in the form to keep outside the database. */
export interface Head {
  sequence: number;
  digest: string;
}

/** A difference from what was sealed, or something that could not be checked, as a sentence. */
export interface Finding {
  /** Seal of the fault; null when it is in none. */
  seal: number | null;
  /** Line of the fault, when it concerns one only. */
  line: string | null;
  text: string;
}

/**
 * `PROVEN`: nothing sealed was altered, removed, inserted or put in another order. `NOT PROVEN`: something was.
 * `INCONCLUSIVE`: nothing wrong was found, but not everything could be checked.
 */
export type Verdict = 'PROVEN' | 'INCONCLUSIVE' | 'NOT PROVEN';

export interface Verification {
  verdict: Verdict;
  head: Head | null;
  seals: number;
  lines: number;
  /** The retention has purged the lines of all seals up to this one. */
  purgedThrough: number;
  /** Seals up to this one cover lines from before marks existed. */
  foundationThrough: number;
  /** Number of lines without a seal. */
  waiting: number;
  /** The first faults; the others are counted. */
  findings: Finding[];
  moreFindings: number;
  /** Parts that could not be checked. */
  doubts: Finding[];
}
