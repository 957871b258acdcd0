import { AppError } from '@portillon/kernel';
import { CsvRecord, csvRecords } from '../../imports/csv-reader';
import { MoveInFault } from '../move-in-texts';

/** The bytes of a file, in pieces. */
export type FileBytes = AsyncIterable<Uint8Array>;

/** A line of a text, without its end. */
export interface TextLine {
  line: number;
  text: string;
  /** Whether the text is longer, and was cut. */
  isCut: boolean;
}

const NEW_LINE = '\n';

/** The text of a file in UTF-8, in pieces. @throws MoveInFault `not-text` */
export async function* utf8Of(bytes: FileBytes): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decoded = (piece?: Uint8Array): string => {
    try {
      const text = decoder.decode(piece, { stream: piece !== undefined });
      // A NUL is in no text: it is an archive, or UTF-16.
      if (!text.includes('\0')) return text;
    } catch {
      // Reported below, as a NUL.
    }
    throw new MoveInFault(line, 'not-text');
  };
  for await (const piece of bytes) {
    const text = decoded(piece);
    line += text.split(NEW_LINE).length - 1;
    yield text;
  }
  yield decoded();
}

/** The lines of a file; of a line, at most `longest` characters are kept. */
export async function* textLines(bytes: FileBytes, longest: number): AsyncGenerator<TextLine> {
  let line = 1;
  let open = '';
  for await (const piece of utf8Of(bytes)) {
    const [first = '', ...rest] = piece.split(NEW_LINE);
    // One more character than is kept shows that the line is longer.
    open = (open + first).slice(0, longest + 1);
    for (const next of rest) {
      yield lineOf(line++, open, longest);
      open = next.slice(0, longest + 1);
    }
  }
  if (open !== '') yield lineOf(line, open, longest);
}

function lineOf(line: number, open: string, longest: number): TextLine {
  const text = open.endsWith('\r') ? open.slice(0, -1) : open;
  return { line, text: text.slice(0, longest), isCut: text.length > longest };
}

/** The records of a CSV file. @throws MoveInFault `not-text`, `csv` */
export async function* recordsOf(bytes: FileBytes): AsyncGenerator<CsvRecord> {
  const pieces = utf8Of(bytes);
  const { value: start = '' } = (await pieces.next()) as IteratorResult<string, undefined>;
  const all = async function* () {
    yield start;
    yield* pieces;
  };
  let line = 0;
  try {
    for await (const record of csvRecords(all(), start)) {
      line = record.line;
      yield record;
    }
  } catch (error) {
    const { lines = line + 1 } = ((error as Error).cause ?? {}) as { lines?: number };
    throw error instanceof AppError ? new MoveInFault(lines, 'csv') : error;
  }
}
