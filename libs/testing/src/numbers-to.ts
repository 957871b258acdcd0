const DIGITS = Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS digit`).join(' UNION ALL ');

/** A table named `numbers`, whose `seq` goes from 1 to `count` (10,000 at most), for a FROM of any of our databases. */
export function numbersTo(count: number): string {
  const digits = ['a', 'b', 'c', 'd'].map((place) => `(${DIGITS}) AS ${place}`);
  const number = '1 + a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit';
  return `(SELECT * FROM (SELECT ${number} AS seq FROM ${digits.join(', ')}) AS every WHERE seq <= ${count}) AS numbers`;
}
