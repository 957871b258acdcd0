import type { PractitionerDirectoryService } from '@portillon/administration';
import { fine, Finding, NOT_SET, wrong } from './finding';

/** A number that no key of the RPPS makes good: a directory that answers does not know it. */
const NOBODY = '800000000001';

/** Whether the Annuaire Santé answers to the key that was given. */
export async function examineDirectory(
  directory: Pick<PractitionerDirectoryService, 'isOffered' | 'lookUp'>,
): Promise<Finding> {
  if (!directory.isOffered) return fine('annuaire', NOT_SET);
  const answer = await directory.lookUp(NOBODY);
  if ('state' in answer) return fine('annuaire', 'answers');
  const advice = 'check ANNUAIRE_URL, ANNUAIRE_KEY and OUTBOUND_ALLOW; nobody is closed by it';
  return wrong('annuaire', `the Annuaire Santé does not answer (${answer.failure})`, advice);
}
