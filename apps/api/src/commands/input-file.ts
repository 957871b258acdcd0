import { createReadStream, ReadStream } from 'node:fs';

/** Reads a file that the command line names; `-` is standard input, of which the process may read no file. */
export function readInput(path: string, options: { end?: number } = {}): ReadStream {
  return createReadStream(path, path === '-' ? { ...options, fd: 0, autoClose: false } : options);
}
