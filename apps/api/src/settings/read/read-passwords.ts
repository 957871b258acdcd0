import { breachedFileFault } from '@portillon/credential';
import type { EnvironmentReader } from '../environment-reader';
import type { Settings } from '../settings';

/** What a new password is held against beside its own strength. A file that cannot be searched would refuse none. */
export function passwords(read: EnvironmentReader): Settings['passwords'] {
  const breachedFile = read.text('BREACHED_PASSWORDS_FILE');
  const fault = breachedFile && breachedFileFault(breachedFile);
  if (fault) read.refuse('BREACHED_PASSWORDS_FILE', `names a file that ${fault}`);
  return { breachedFile };
}
