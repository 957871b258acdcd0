import { Injectable } from '@nestjs/common';
import { Clock, Finding, FindingSource } from '@portillon/kernel';

/** End of the security updates of the tested versions of Node.js (nodejs.org/en/about/previous-releases). */
const UPDATED_UNTIL: Record<string, string> = { 20: '2026-04-30', 22: '2027-04-30', 24: '2028-04-30' };

/** Remarks on a version of Node.js that is not tested, or gets no more security updates. */
@Injectable()
export class NodeFindings implements FindingSource {
  readonly subject = 'node';

  constructor(private readonly clock: Clock) {}

  async check(): Promise<Finding[]> {
    return nodeFindings(process.versions.node, this.clock.now());
  }
}

/** `version`: such as `24.1.0`. */
export function nodeFindings(version: string, now: Date): Finding[] {
  const end = UPDATED_UNTIL[version.split('.', 1)[0]!];
  if (end && now.toISOString().slice(0, 10) <= end) return [];
  const what = end ? `has had no security updates since ${end}` : 'is not tested';
  return [{ state: 'remark', text: `Node.js ${version} ${what}`, advice: 'install Node.js 24' }];
}
