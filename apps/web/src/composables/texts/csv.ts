type Cell = string | number | null | undefined;

/** Lets a French spreadsheet detect accents and columns automatically. */
const BEGINNING = '\uFEFF';
/** Characters that start a formula in a spreadsheet (OWASP: CSV injection), full-width forms included. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;
/** Characters that would break a line or change how a cell reads. */
const TREACHEROUS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\uFEFF]+/gu;

/** Returns a CSV table like those of the API: semicolons, every text quoted, no cell a formula. */
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
