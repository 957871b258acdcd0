import { Inject, Injectable } from '@nestjs/common';
import { Finding, FindingSource, NOT_SET } from '@portillon/kernel';
import { stat } from 'node:fs/promises';
import { breachedFileFault } from './breached-file';
import { PASSWORD_OPTIONS, type PasswordOptions } from './credential.options';

const MEGABYTE = 1_000_000;

/** How much is known of breached passwords, and since when. */
@Injectable()
export class BreachedPasswordFindings implements FindingSource {
  readonly subject = 'breached';

  constructor(@Inject(PASSWORD_OPTIONS) private readonly options: Pick<PasswordOptions, 'breachedFile'>) {}

  async find(): Promise<Finding> {
    const { breachedFile } = this.options;
    if (!breachedFile) return NOT_SET;
    const fault = breachedFileFault(breachedFile);
    if (fault)
      return { state: 'failing', text: `BREACHED_PASSWORDS_FILE ${fault}`, advice: 'download it again' };
    const { size, mtime } = await stat(breachedFile);
    const day = mtime.toISOString().slice(0, 10);
    return { state: 'well', text: `${(size / MEGABYTE).toFixed(1)} MB of breached passwords, of ${day}` };
  }
}
