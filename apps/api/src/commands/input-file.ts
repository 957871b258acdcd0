import { createReadStream, ReadStream } from 'node:fs';
import { CommandRefusal } from './refusal';

/** Reads a file that the command line names; `-` is standard input, of which the process may read no file. */
export function readInput(path: string, options: { end?: number } = {}): ReadStream {
  return createReadStream(path, path === '-' ? { ...options, fd: 0, autoClose: false } : options);
}

/** The refusal of a file that cannot be read; any other error as it is. */
export function unreadableFile(path: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  const isRead = syscall === 'open' || syscall === 'read';
  return isRead ? new CommandRefusal(`${path} cannot be read (${code})`) : error;
}
