import type { LocationQuery } from 'vue-router';

/** What an address says of a question whose parts are texts; what it does not say stands as in `usual`. */
export function questionIn<Question extends object>(query: LocationQuery, usual: Question): Question {
  const given = Object.keys(usual).map((name) => [name, query[name]]);
  return { ...usual, ...Object.fromEntries(given.filter(([, value]) => typeof value === 'string')) };
}

/** What the address is to say: what is not as in `usual`, and nothing else. */
export function addressFor<Question extends object>(
  question: Question,
  usual: Question,
): Record<string, string> {
  const chosen = Object.entries(question).filter(([name, value]) => value !== usual[name as keyof Question]);
  return Object.fromEntries(chosen) as Record<string, string>;
}
