import type { ImportContent } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { setImmediate as others } from 'node:timers/promises';
import { CsvColumns, separatorOf } from './csv-columns';

const MOST_LINES = 100_000;
const LONGEST_LINE = 8 * 1024;
const LINE_END = /[\r\n]/u;
/** What Excel writes first to say which separator follows. */
const SEPARATOR_LINE = /^sep=(.)\r?\n?$/iu;
/** `%PDF-`, a ZIP archive (.xlsx, .ods) and the compound file of Excel 97 (.xls). */
const DOCUMENTS = [Buffer.from('%PDF-'), Buffer.from('PK\u0003\u0004'), Buffer.from('d0cf11e0', 'hex')];

export interface CsvLine {
  /** The line number in the file; the header is line 1. */
  line: number;
  content: ImportContent;
}

/** The accounts of a CSV file, line by line. @throws AppError `validation.failed`, `body.too-large` */
export async function* readCsv(bytes: Buffer): AsyncGenerator<CsvLine, void> {
  if (isDocument(bytes)) throw refused('not-csv');
  let columns: CsvColumns | undefined;
  let count = 0;
  for await (const { cells, line } of records(bytes)) {
    if (!columns) columns = new CsvColumns(cells);
    else if (++count > MOST_LINES) throw tooMany();
    else yield { line, content: columns.read(cells) };
  }
  if (!columns) new CsvColumns([]);
}

function records(bytes: Buffer): AsyncGenerator<CsvRecord> {
  const [start = ''] = textOf(bytes);
  return csvRecords(textOf(bytes), start);
}

export interface CsvRecord {
  cells: string[];
  line: number;
}

/**
 * The records of a text in pieces, the header included. `start`: the beginning of the text, with its first line.
 *
 * @throws AppError `validation.failed`
 */
export async function* csvRecords(
  pieces: Iterable<string> | AsyncIterable<string>,
  start: string,
): AsyncGenerator<CsvRecord> {
  const { separator, from } = beginning(start);
  const parser = parse({
    delimiter: separator,
    from_line: from,
    info: true,
    // A name such as `Zoé "la Grande"` comes without the quotes that the format asks for.
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: LONGEST_LINE,
  });
  const source = Readable.from(inTurns(withShortLines(pieces)));
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<Parsed>)
      yield { cells: record, line: info.lines };
  } catch (error) {
    throw error instanceof AppError ? error : refused('format', error as Error);
  }
}

/** The parser counts content in cells: it would create a million cells for a million commas before it refuses them. */
async function* withShortLines(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let open = 0;
  let lines = 1;
  for await (const piece of pieces) {
    const [first = '', ...rest] = piece.split(LINE_END);
    const lengths = [open + first.length, ...rest.map((line) => line.length)];
    const long = lengths.findIndex((length) => length > LONGEST_LINE);
    if (long >= 0) throw refused('format', longLine(lines + ended([first, ...rest].slice(0, long), piece)));
    lines += ended([first, ...rest], piece);
    open = rest.at(-1)?.length ?? open + first.length;
    yield piece;
  }
}

/** Line feeds within these parts of a piece: a carriage return before one is part of the same line end. */
function ended(parts: string[], piece: string): number {
  return piece.slice(0, parts.join('.').length + 1).split('\n').length - 1;
}

function longLine(lines: number): Error {
  return Object.assign(new Error('a line is too long'), { lines });
}

/** Lines without a value produce no record, so without this pause other requests would wait. */
async function* inTurns(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) {
    yield piece;
    await others();
  }
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** The separator, and the line number of the header. */
function beginning(start: string): { separator: string; from: number } {
  const [first = ''] = start.split('\n', 1);
  const declared = SEPARATOR_LINE.exec(first)?.[1];
  return declared ? { separator: declared, from: 2 } : { separator: separatorOf(first), from: 1 };
}

function tooMany(): AppError {
  return new AppError('body.too-large', { detail: `more than ${MOST_LINES} lines` });
}

/** The files that people take for the table: a PDF, the workbook of a spreadsheet, new or old. */
function isDocument(bytes: Buffer): boolean {
  return DOCUMENTS.some((start) => bytes.subarray(0, start.length).equals(start));
}

function refused(code: string, cause?: Error): AppError {
  const errors = [{ field: 'file', code, message: '' }];
  return new AppError('validation.failed', { errors, ...(cause && { cause, detail: cause.message }) });
}

const PIECE = 16 * 1024;
const UTF16_MARK = [0xff, 0xfe];
/** What Windows-1252 has from 0x80 to 0x9F, where Latin-1 has controls; the five holes stay what they are. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/**
 * Decodes the text of a file from a French spreadsheet: UTF-8 with or without byte order mark, UTF-16 (« Texte Unicode »),
 * otherwise Windows-1252, in which every byte is valid. Works in pieces, so that other requests do not wait for a long
 * file.
 *
 * @throws AppError `validation.failed` when the file is not text
 */
function* textOf(bytes: Buffer): Generator<string> {
  const encoding = encodingOf(bytes);
  const decode = encoding === 'windows-1252' ? fromWindows1252 : decoderOf(encoding);
  for (let from = 0; from < bytes.length; from += PIECE) {
    const last = from + PIECE >= bytes.length;
    yield refusingBinary(readable(() => decode(bytes.subarray(from, from + PIECE), last)));
  }
}

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'windows-1252' {
  if (UTF16_MARK.every((byte, index) => bytes[index] === byte)) return 'utf-16le';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

function decoderOf(encoding: string): (piece: Buffer, last: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (piece, last) => decoder.decode(piece, { stream: !last });
}

/** Decoded here: Node 20's decoder of that name yields Latin-1, in which `Œ` and `’` are controls. */
function fromWindows1252(piece: Buffer): string {
  return piece.toString('latin1').replace(/[\x80-\x9f]/g, (byte) => WINDOWS_1252[byte.charCodeAt(0) - 0x80]!);
}

function readable(read: () => string): string {
  try {
    return read();
  } catch {
    throw unreadable();
  }
}

/** A NUL is in no text: it is a spreadsheet's own file, or an archive. */
function refusingBinary(text: string): string {
  if (text.includes('\0')) throw unreadable();
  return text;
}

function unreadable(): AppError {
  const errors = [{ field: 'file', code: 'encoding', message: '' }];
  return new AppError('validation.failed', { errors });
}
