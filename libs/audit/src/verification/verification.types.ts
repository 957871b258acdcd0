/** The last seal, in the form to keep outside the database. */
export interface Head {
  sequence: number;
  digest: string;
}

/** A difference from what was sealed, or something that could not be checked, as a sentence. */
export interface JournalFault {
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
  findings: JournalFault[];
  moreFindings: number;
  /** Parts that could not be checked. */
  doubts: JournalFault[];
}

const MOST_LISTED = 100;

interface Place {
  seal?: number | null;
  line?: string;
}

/** Collects the findings of a verification, up to a readable number. */
export class JournalFaults {
  readonly listed: JournalFault[] = [];
  readonly doubts: JournalFault[] = [];
  more = 0;

  get count(): number {
    return this.listed.length + this.more;
  }

  get verdict(): Verdict {
    if (this.listed.length > 0) return 'NOT PROVEN';
    return this.doubts.length > 0 ? 'INCONCLUSIVE' : 'PROVEN';
  }

  /** Adds a fault. */
  add(text: string, place: Place = {}): void {
    if (this.listed.length === MOST_LISTED) this.more++;
    else this.listed.push(findingOf(text, place));
  }

  /** Adds something that cannot be checked. */
  doubt(text: string, place: Place = {}): void {
    if (this.doubts.length < MOST_LISTED) this.doubts.push(findingOf(text, place));
  }
}

function findingOf(text: string, { seal = null, line }: Place): JournalFault {
  return { seal, line: line ?? null, text };
}
