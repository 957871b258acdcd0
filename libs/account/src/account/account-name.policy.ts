/** Parts of a person's name; null: not known. */
export interface NameParts {
  givenName: string | null;
  familyName: string | null;
}

type NameChanges = Partial<NameParts> & { displayName?: string };

/** Maximum length: two parts with a space between fit into a display name of 200 characters. */
export const NAME_PART_LENGTH = 99;

/** Returns the display name from the parts; empty without parts. */
export function fullName({ givenName, familyName }: Partial<NameParts>): string {
  return [givenName?.trim(), familyName?.trim()].filter(Boolean).join(' ');
}

/** Name of a new account: the display name, else the parts, else the user name. */
export function shownName({ displayName, username, ...parts }: NameChanges & { username: string }): string {
  return displayName ?? (fullName(parts) || username);
}

/** Whether a change sets the parts but not the display name. */
export function renames({ givenName, familyName, displayName }: NameChanges): boolean {
  return displayName === undefined && (givenName !== undefined || familyName !== undefined);
}

/** Updates a display name that was made of the parts; one that was set otherwise stays. */
export function followed<Changes extends NameChanges>(
  before: NameParts & { displayName: string },
  changes: Changes,
): Changes {
  const displayName = fullName({ ...before, ...changes });
  const follows = renames(changes) && displayName !== '' && before.displayName === fullName(before);
  return follows ? { ...changes, displayName } : changes;
}
