import { Injectable } from '@nestjs/common';
import { Finding, FindingSource, NOT_SET } from '@portillon/kernel';
import { PractitionerDirectoryService } from './practitioner-directory.service';

/** A number that no key of the RPPS makes good: a directory that answers does not know it. */
const NOBODY = '800000000001';

/** Whether the Annuaire Santé answers to the key that was given. */
@Injectable()
export class DirectoryFindings implements FindingSource {
  readonly subject = 'annuaire';

  constructor(private readonly directory: PractitionerDirectoryService) {}

  async check(): Promise<Finding[]> {
    if (!this.directory.isOffered) return [NOT_SET];
    const answer = await this.directory.lookUp(NOBODY);
    if ('state' in answer) return [{ state: 'well', text: 'answers' }];
    const text = `the Annuaire Santé does not answer (${answer.failure})`;
    const advice = 'check ANNUAIRE_URL, ANNUAIRE_KEY and OUTBOUND_ALLOW; no account is closed by it';
    return [{ state: 'failing', text, advice }];
  }
}
