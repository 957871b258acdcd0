import { breachedFileFault } from '@portillon/credential';
import { stat } from 'node:fs/promises';
import type { Settings } from '../settings/settings';
import { fine, Finding, NOT_SET, wrong } from './finding';

const MEGABYTE = 1_000_000;

/** How much is known of breached passwords, and since when. */
export async function examineBreachedPasswords({ passwords }: Pick<Settings, 'passwords'>): Promise<Finding> {
  const { breachedFile } = passwords;
  if (!breachedFile) return fine('breached', NOT_SET);
  const fault = breachedFileFault(breachedFile);
  if (fault) return wrong('breached', `BREACHED_PASSWORDS_FILE ${fault}`, 'fetch it anew');
  const { size, mtime } = await stat(breachedFile);
  const day = mtime.toISOString().slice(0, 10);
  return fine('breached', `${(size / MEGABYTE).toFixed(1)} MB of breached passwords, of ${day}`);
}
