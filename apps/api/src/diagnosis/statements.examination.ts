import type { Settings } from '../settings/settings';
import { fine, Finding, NOT_SET } from './finding';

/** Which files of the operator are published: one that is empty looks, on the pages, like one that is not there. */
export function examineStatements({ statements }: Pick<Settings, 'statements'>): Finding {
  if (!statements) return fine('statements', NOT_SET);
  const { legal, privacy, accessibility, dataProtectionOfficer } = statements;
  const files = {
    'legal.md': legal,
    'privacy.md': privacy,
    'accessibility.yaml': accessibility,
    'dpo.yaml': dataProtectionOfficer,
  };
  const told = (isTold: boolean) =>
    Object.entries(files)
      .flatMap(([name, found]) => ((found !== null) === isTold ? name : []))
      .join(', ');
  return fine(
    'statements',
    `published: ${told(true) || 'none'}; empty or not there: ${told(false) || 'none'}`,
  );
}
