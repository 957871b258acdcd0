/** The parts of a person's name; null: not known. */
export interface NameParts {
  givenName: string | null;
  familyName: string | null;
}

type NameChanges = Partial<NameParts> & { displayName?: string };

/** Two of them with a space between are a display name of at most 200 characters. */
export const NAME_PART_LENGTH = 99;

/** The display name that the parts make; empty where there are none. */
export function fullName({ givenName, familyName }: Partial<NameParts>): string {
  return [givenName?.trim(), familyName?.trim()].filter(Boolean).join(' ');
}

/** What a new account is called: as it is said, else by the parts, else as it signs in. */
export function shownName({ displayName, username, ...parts }: NameChanges & { username: string }): string {
  return displayName ?? (fullName(parts) || username);
}

/** Whether a change of the parts leaves the display name open. */
export function renames({ givenName, familyName, displayName }: NameChanges): boolean {
  return displayName === undefined && (givenName !== undefined || familyName !== undefined);
}

/** A display name that is made of the parts follows them; one that was set otherwise stays. */
export function followed<Changes extends NameChanges>(
  before: NameParts & { displayName: string },
  changes: Changes,
): Changes {
  const displayName = fullName({ ...before, ...changes });
  const follows = renames(changes) && displayName !== '' && before.displayName === fullName(before);
  return follows ? { ...changes, displayName } : changes;
}
