/** The parts of a person's name; null: not known. */
export interface NameParts {
  givenName: string | null;
  familyName: string | null;
}

/** Two of them with a space between are a display name of at most 200 characters. */
export const NAME_PART_LENGTH = 99;

/** The display name that the parts make; empty where there are none. */
export function fullName({ givenName, familyName }: Partial<NameParts>): string {
  return [givenName?.trim(), familyName?.trim()].filter(Boolean).join(' ');
}
