import type { Finding, Verdict } from './verification.types';

const MOST_LISTED = 100;

interface Place {
  seal?: number | null;
  line?: string;
}

/** Collects the findings of a verification, up to a readable number. */
export class Findings {
  readonly listed: Finding[] = [];
  readonly doubts: Finding[] = [];
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

function findingOf(text: string, { seal = null, line }: Place): Finding {
  return { seal, line: line ?? null, text };
}
