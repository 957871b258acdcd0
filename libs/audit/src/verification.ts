/** The last seal, as it can be noted outside of the database. */
export interface Head {
  sequence: number;
  digest: string;
}

/** Something that is not as it was sealed, in plain words. */
export interface Finding {
  /** The seal where it shows; nothing when it is in none. */
  seal: number | null;
  /** The line, when one alone is meant. */
  line: string | null;
  text: string;
}

export interface Verification {
  /** Whether nothing sealed was altered, removed, slipped in or put in another order. */
  proven: boolean;
  head: Head | null;
  seals: number;
  lines: number;
  /** The lines of all seals up to this one were purged by the retention. */
  purgedThrough: number;
  /** Seals up to this one hold lines from before lines were marked: covered as they were found. */
  foundationThrough: number;
  /** Lines that wait for their seal. */
  waiting: number;
  /** The first ones; the rest is counted. */
  findings: Finding[];
  moreFindings: number;
}

const MOST_TOLD = 100;

/** Gathers what a verification finds, as much as one can read. */
export class Findings {
  readonly told: Finding[] = [];
  more = 0;

  add(text: string, where: { seal?: number | null; line?: string } = {}): void {
    if (this.told.length === MOST_TOLD) this.more++;
    else this.told.push({ seal: where.seal ?? null, line: where.line ?? null, text });
  }
}
