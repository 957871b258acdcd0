import type { Finding, Verdict } from './verification.types';

const MOST_TOLD = 100;

interface Place {
  seal?: number | null;
  line?: string;
}

/** Gathers what a verification finds, as much as one can read. */
export class Findings {
  readonly told: Finding[] = [];
  readonly doubts: Finding[] = [];
  more = 0;

  get count(): number {
    return this.told.length + this.more;
  }

  get verdict(): Verdict {
    if (this.told.length > 0) return 'NOT PROVEN';
    return this.doubts.length > 0 ? 'INCONCLUSIVE' : 'PROVEN';
  }

  /** Something is wrong. */
  add(text: string, place: Place = {}): void {
    if (this.told.length === MOST_TOLD) this.more++;
    else this.told.push(findingOf(text, place));
  }

  /** Something cannot be checked. */
  doubt(text: string, place: Place = {}): void {
    if (this.doubts.length < MOST_TOLD) this.doubts.push(findingOf(text, place));
  }
}

function findingOf(text: string, { seal = null, line }: Place): Finding {
  return { seal, line: line ?? null, text };
}
