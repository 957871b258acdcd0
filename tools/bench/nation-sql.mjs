// SQL expressions over the row `s.seq` for the data of a nation; the same at each run.

export const STRUCTURES = 400;
export const NOW = 'UTC_TIMESTAMP(3)';

/** A uniformly distributed whole number from 0 to below `below`, determined by `row` and the purpose. */
export function chance(what, below, row = 's.seq') {
  return `CAST(CRC32(CONCAT('${what}', ${row})) % ${below} AS SIGNED)`;
}

/** Picks one of these words. */
export function choice(what, words, row) {
  const texts = words.split(',').map((word) => `'${word}'`);
  return `ELT(1 + ${chance(what, texts.length, row)}, ${texts})`;
}

/** Id of account `row`: the product creates person 0, who has another id. */
export function accountId(row) {
  return idOf('018f0000', row);
}

export function structureId(row) {
  return idOf('018e0000', row);
}

/**
 * Structure of account `row`: half of the people are in the largest quarter of structures, a twentieth in the first.
 */
export function structureOf(row) {
  return structureId(`1 + FLOOR(${STRUCTURES} * POW(${chance('structure', 10_000, row)} / 10000, 2))`);
}

function idOf(prefix, row) {
  return `CONCAT('${prefix}-0000-7000-8000-', LPAD(LOWER(HEX(${row})), 12, '0'))`;
}
