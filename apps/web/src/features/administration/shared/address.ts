import type { LocationQuery } from 'vue-router';

/** Reads text parameters from an address; missing ones have their value of `usual`. */
export function questionIn<Question extends object>(query: LocationQuery, usual: Question): Question {
  const given = Object.keys(usual).map((name) => [name, query[name]]);
  return { ...usual, ...Object.fromEntries(given.filter(([, value]) => typeof value === 'string')) };
}

/** Parameters for the address: those that differ from `usual`. */
export function addressFor<Question extends object>(
  question: Question,
  usual: Question,
): Record<string, string> {
  const chosen = Object.entries(question).filter(([name, value]) => value !== usual[name as keyof Question]);
  return Object.fromEntries(chosen) as Record<string, string>;
}
