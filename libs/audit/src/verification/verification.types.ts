/** The last seal, as it can be noted outside of the database. */
export interface Head {
  sequence: number;
  digest: string;
}

/** A difference from what was sealed, or something that could not be checked, as a sentence. */
export interface Finding {
  /** The seal where it shows; nothing when it is in none. */
  seal: number | null;
  /** The line, when one alone is meant. */
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
  /** The lines of all seals up to this one were purged by the retention. */
  purgedThrough: number;
  /** Seals up to this one hold lines from before lines were marked: covered as they were found. */
  foundationThrough: number;
  /** Lines that wait for their seal. */
  waiting: number;
  /** What is wrong: the first ones; the rest is counted. */
  findings: Finding[];
  moreFindings: number;
  /** What could not be checked. */
  doubts: Finding[];
}
