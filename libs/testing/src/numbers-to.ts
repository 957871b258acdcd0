const DIGITS = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS digit`).join(' UNION ALL ');

/** A table `numbers` with `seq` from 1 to `count` (at most 10,000), for a FROM on either engine. */
export function numbersTo(count: number): string {
  const digits = ['a', 'b', 'c', 'd'].map((place) => `(${DIGITS}) AS ${place}`);
  const number = '1 + a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit';
  return `(SELECT * FROM (SELECT ${number} AS seq FROM ${digits.join(', ')}) AS every WHERE seq <= ${count}) AS numbers`;
}
