// What the SQL of a nation is made of: expressions over the row `s.seq`, the same at each run.

export const STRUCTURES = 400;
export const NOW = 'UTC_TIMESTAMP(3)';

/** A whole number from 0 to below `below`, each as likely as any other, that goes with `row` and with what it is for. */
export function chance(what, below, row = 's.seq') {
  return `CAST(CRC32(CONCAT('${what}', ${row})) % ${below} AS SIGNED)`;
}

/** One of these words. */
export function choice(what, words, row) {
  const texts = words.split(',').map((word) => `'${word}'`);
  return `ELT(1 + ${chance(what, texts.length, row)}, ${texts})`;
}

/** The id of account `row`: person 0 is made by the product and has another. */
export function accountId(row) {
  return idOf('018f0000', row);
}

export function structureId(row) {
  return idOf('018e0000', row);
}

/** The structure of account `row`: half of the people are in the largest quarter, the first one has a twentieth. */
export function structureOf(row) {
  return structureId(`1 + FLOOR(${STRUCTURES} * POW(${chance('structure', 10_000, row)} / 10000, 2))`);
}

function idOf(prefix, row) {
  return `CONCAT('${prefix}-0000-7000-8000-', LPAD(LOWER(HEX(${row})), 12, '0'))`;
}
