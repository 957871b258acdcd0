import { isDeepStrictEqual } from 'node:util';
import type { FieldChange } from './configuration.types';

/** What is asked and is not so yet; what is left out stays. */
export function fieldChanges(before: object, asked: object): FieldChange[] {
  const present = before as Record<string, unknown>;
  return Object.entries(asked).flatMap(([field, to]: [string, unknown]) => {
    const from = present[field];
    return to === undefined || isDeepStrictEqual(from, to) ? [] : [{ field, from, to }];
  });
}

/** The asked values of what is not so yet. */
export function asked(changes: readonly FieldChange[]): Record<string, unknown> {
  return Object.fromEntries(changes.map(({ field, to }) => [field, to]));
}
