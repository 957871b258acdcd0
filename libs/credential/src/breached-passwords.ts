import { Inject, Injectable } from '@nestjs/common';
import { Finding, FindingSource, NOT_SET } from '@portillon/kernel';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { PASSWORD_OPTIONS } from './credential.options';
import type { PasswordOptions } from './credential.options';

/** One line at most with its end: a digest of 40 signs, a colon, a count, CR and LF. */
const LONGEST_LINE = 64;
/** From any position on, the rest of a line and the whole of the next. */
const MEGABYTE = 1_000_000;
const BLOCK = 2 * LONGEST_LINE;

const LINE = /^[0-9A-F]{40}(:\d{1,19})?$/;
const LF = 0x0a;
const DIGEST_LENGTH = 40;
/** A file that is out of order is so nearly everywhere. */
const SAMPLES = 256;

/** A line of the file, and where it stands. */
interface FoundLine {
  start: number;
  text: string;
  digest: string;
}

/** From which position on a block is read so that it holds the first line that starts at `position` or after it. */
function blockStart(position: number): number {
  return Math.max(0, position - 1);
}

/**
 * The first line that starts at `position` or after it, in what was read from `blockStart(position)` on; nothing past the
 * last. Where no line of the file's form ends, it is what stands there.
 */
function lineFrom(block: Buffer, position: number): FoundLine | undefined {
  const before = position === 0 ? 0 : block.indexOf(LF) + 1;
  const isEndless = position > 0 && before === 0 && block.length === BLOCK;
  const offset = isEndless ? 1 : before;
  if ((position > 0 && offset === 0) || offset >= block.length) return undefined;
  const end = block.indexOf(LF, offset);
  const text = block.toString('latin1', offset, end < 0 ? block.length : end).replace(/\r$/, '');
  return { start: blockStart(position) + offset, text, digest: text.slice(0, DIGEST_LENGTH) };
}

/**
 * Why a file cannot be searched, or nothing: a look at its first line, its last and some between. The whole of it would
 * take minutes.
 */
export function breachedFileFault(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    return `cannot be read (${(error as NodeJS.ErrnoException).code})`;
  }
  try {
    return faultOf(file);
  } finally {
    closeSync(file);
  }
}

function faultOf(file: number): string | undefined {
  const stat = fstatSync(file);
  if (!stat.isFile()) return 'is no file';
  const lines = sampled(file, stat.size);
  if (lines.length === 0) return 'is empty';
  if (!lines.every(({ text }) => LINE.test(text)))
    return 'does not hold lines of the form SHA1:COUNT, in upper case';
  if (lines.some(({ digest }, index) => index > 0 && digest <= lines[index - 1]!.digest))
    return 'is not sorted by its digests';
  return undefined;
}

/** Lines in their order, each once. */
function sampled(file: number, size: number): FoundLine[] {
  const positions = Array.from({ length: SAMPLES }, (_, index) => Math.floor((size * index) / SAMPLES));
  const found = [...positions, Math.max(0, size - BLOCK)].flatMap((position) => lineAt(file, position) ?? []);
  const last = lastLine(file, size);
  const byStart = new Map([...found, ...(last ? [last] : [])].map((line) => [line.start, line]));
  return [...byStart.values()].sort((one, other) => one.start - other.start);
}

function lineAt(file: number, position: number): FoundLine | undefined {
  const block = Buffer.alloc(BLOCK);
  const length = readSync(file, block, 0, BLOCK, blockStart(position));
  return lineFrom(block.subarray(0, length), position);
}

/** The last line, with or without a line end. */
function lastLine(file: number, size: number): FoundLine | undefined {
  let last: FoundLine | undefined;
  for (let position = Math.max(0, size - BLOCK); position < size; position = last.start + 1) {
    const next = lineAt(file, position);
    if (!next) break;
    last = next;
  }
  return last;
}

/**
 * Whether the password is one of a known breach (ASVS 6.2.12), by a file of the operator: no password, and no part of its
 * digest, leaves the service. The file is searched on disk, with some 35 reads for tens of gigabytes. It is opened for each
 * search, so that a replaced file takes effect at once.
 *
 * @throws Error when the file cannot be read
 */
export async function isBreached(password: string, breachedFile: string): Promise<boolean> {
  const file = await open(breachedFile, 'r');
  try {
    return await isListed(file, digestOf(password));
  } finally {
    await file.close();
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
    const line = await readLineAt(file, middle);
    if (line?.digest === digest) return true;
    if (line && line.start < high && line.digest < digest) low = line.start + 1;
    else high = middle;
  }
  return false;
}

async function readLineAt(file: FileHandle, position: number): Promise<FoundLine | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(BLOCK), 0, BLOCK, blockStart(position));
  return lineFrom(buffer.subarray(0, bytesRead), position);
}

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
