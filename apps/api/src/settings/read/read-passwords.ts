import { breachedFileFault } from '@portillon/credential';
import type { EnvironmentReader } from '../environment-reader';
import type { Settings } from '../settings';

/** The checks of a new password beside its strength. An unusable file would accept every password. */
export function passwords(read: EnvironmentReader): Settings['passwords'] {
  const breachedFile = read.text('BREACHED_PASSWORDS_FILE');
  const fault = breachedFile && breachedFileFault(breachedFile);
  if (fault) read.refuse('BREACHED_PASSWORDS_FILE', `names a file that ${fault}`);
  return { breachedFile };
}
