import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';

/** Lets a French spreadsheet detect accents and columns automatically. */
export const CSV_BEGINNING = '\uFEFF';
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** The characters that begin a formula in a spreadsheet (OWASP: CSV injection), full-width forms too. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;
/** Would break a line, drive a terminal, or make a cell read otherwise than it is. */
const TREACHEROUS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\uFEFF]+/gu;

/** One line of a table, for a spreadsheet: semicolons between the cells, every text quoted, no cell a formula. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(';')}\r\n`;
}

/** The answer of a route that gives a table as a file. */
export function csvFile(stream: Readable, name: string): StreamableFile {
  const disposition = `attachment; filename="${name}"`;
  return new StreamableFile(stream, { type: CSV_TYPE, disposition });
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = value.replace(TREACHEROUS, ' ');
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
