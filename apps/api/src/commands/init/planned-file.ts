import { SystemClock } from '@portillon/kernel';
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A file that `portillon init` writes. */
export interface PlannedFile {
  path: string;
  /** Content, or for a symbolic link its target. */
  text: string;
  kind?: 'link';
  /** Permissions. Default: 0644. */
  mode?: number;
  /** Whether an existing file stays as it is. */
  isKept?: boolean;
  /** Whether a dated copy of the file stays when it changes. */
  isCopied?: boolean;
  /** Whether the operator changes it too (`planSettings`). */
  isSettings?: boolean;
}

export type FileChange = 'create' | 'change' | 'keep';

const READABLE = 0o644;
const FOLDER_OF_SECRETS = 0o700;
const SECRET = 0o600;

/** Compares a planned file with the disk. */
export function changeOf(file: PlannedFile): FileChange {
  const stat = lstatSync(file.path, { throwIfNoEntry: false });
  if (!stat) return 'create';
  if (file.isKept) return 'keep';
  if (stat.isSymbolicLink() !== (file.kind === 'link')) return 'change';
  if (file.kind === 'link') return readlinkSync(file.path) === file.text ? 'keep' : 'change';
  const isSame = readFileSync(file.path, 'utf8') === file.text && (stat.mode & 0o777) === modeOf(file);
  return isSame ? 'keep' : 'change';
}

/** Writes what differs, and returns the paths of these files. */
export function writeFiles(files: PlannedFile[]): string[] {
  const changed = files.filter((file) => changeOf(file) !== 'keep');
  for (const file of changed) write(file);
  return changed.map(({ path }) => path);
}

/** Lines that describe the file and its change. Content of a secret is not shown. */
export function describe(file: PlannedFile): string[] {
  const heading = `${changeOf(file).padEnd(6)}  ${file.path}`;
  if (file.kind === 'link') return [`${heading} → ${file.text}`];
  const mode = modeOf(file);
  const lines = mode === SECRET ? ['(secret)'] : file.text.trimEnd().split('\n');
  return [`${heading} (${mode.toString(8).padStart(4, '0')})`, ...lines.map((line) => `        ${line}`)];
}

function write(file: PlannedFile): void {
  const mode = modeOf(file);
  mkdirSync(dirname(file.path), { recursive: true, ...(mode === SECRET ? { mode: FOLDER_OF_SECRETS } : {}) });
  if (file.isCopied)
    copyFileSync(
      file.path,
      `${file.path}.${new SystemClock().now().toISOString().slice(0, 19).replaceAll(':', '-')}`,
    );
  rmSync(file.path, { force: true });
  if (file.kind === 'link') return symlinkSync(file.text, file.path);
  writeFileSync(file.path, file.text, { mode });
  // The process's umask may have taken permissions away.
  chmodSync(file.path, mode);
}

function modeOf({ mode = READABLE }: PlannedFile): number {
  return mode;
}
