import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { BLOCK, blockStart, FoundLine, lineFrom } from './breached-file';
import { PASSWORD_OPTIONS, type PasswordOptions } from './credential.options';

/**
 * Looks up passwords of known breaches (ASVS 6.2.12) in a file of the operator: no password, and no part of its
 * digest, leaves the service. The file is searched on disk, with some 35 reads for tens of gigabytes. It is opened for
 * each search, so that a replaced file takes effect at once.
 */
@Injectable()
export class BreachedPasswordsService {
  constructor(@Inject(PASSWORD_OPTIONS) private readonly options: Pick<PasswordOptions, 'breachedFile'>) {}

  /** Whether the password is in the file; false without a file. @throws Error when it cannot be read */
  async has(password: string): Promise<boolean> {
    if (this.options.breachedFile === null) return false;
    const file = await open(this.options.breachedFile, 'r');
    try {
      return await isListed(file, digestOf(password));
    } finally {
      await file.close();
    }
  }
}

/** SHA-1 is the format of the lists; it protects nothing here. */
function digestOf(password: string): string {
  return createHash('sha1').update(password.normalize('NFC')).digest('hex').toUpperCase();
}

/** Lines that start before `low` have a lower digest, those from `high` on a higher one. */
async function isListed(file: FileHandle, digest: string): Promise<boolean> {
  let [low, high] = [0, (await file.stat()).size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = await lineAt(file, middle);
    if (line?.digest === digest) return true;
    if (line && line.start < high && line.digest < digest) low = line.start + 1;
    else high = middle;
  }
  return false;
}

async function lineAt(file: FileHandle, position: number): Promise<FoundLine | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(BLOCK), 0, BLOCK, blockStart(position));
  return lineFrom(buffer.subarray(0, bytesRead), position);
}
