import { isDeepStrictEqual } from 'node:util';
import type { FieldChange } from './configuration.types';

/** Requested values that differ from the present ones; omitted fields stay unchanged. */
export function fieldChanges(before: object, asked: object): FieldChange[] {
  const present = before as Record<string, unknown>;
  return Object.entries(asked).flatMap(([field, to]: [string, unknown]) => {
    const from = present[field];
    return to === undefined || isDeepStrictEqual(from, to) ? [] : [{ field, from, to }];
  });
}

/** Returns the requested values that differ from the present ones. */
export function asked(changes: readonly FieldChange[]): Record<string, unknown> {
  return Object.fromEntries(changes.map(({ field, to }) => [field, to]));
}
