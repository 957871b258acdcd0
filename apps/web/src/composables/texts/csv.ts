type Cell = string | number | null | undefined;

/** Lets a French spreadsheet detect accents and columns automatically. */
const BEGINNING = '\uFEFF';
/** The characters that begin a formula in a spreadsheet (OWASP: CSV injection), full-width forms too. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;
/** Would break a line, or make a cell read otherwise than it is. */
const TREACHEROUS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\uFEFF]+/gu;

/** A table for a spreadsheet, as the API writes its own: semicolons, every text quoted, no cell a formula. */
export function csvOf(rows: readonly (readonly Cell[])[]): Blob {
  const lines = rows.map((cells) => `${cells.map(cellOf).join(';')}\r\n`);
  return new Blob([BEGINNING, ...lines], { type: 'text/csv' });
}

function cellOf(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = value.replace(TREACHEROUS, ' ');
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
