import type { AccountImport, ImportLine } from '@portillon/account';

/** The hospital's import, with these changes. */
export function importJob(changes: Partial<AccountImport> = {}): AccountImport {
  const lines = { NEW: 0, GOOD: 0, BAD: 0, MADE: 0, INVITED: 0, FOUND: 0, PROPOSED: 0, UNDONE: 0, KEPT: 0 };
  return {
    id: 'import',
    state: 'CHECKED',
    mode: 'ALL_OR_NONE',
    whenInterrupted: 'RESUME',
    dryRun: false,
    actorId: 'hugo',
    structureId: 'hospital',
    total: 2,
    createdAt: new Date(0),
    changedAt: new Date(0),
    ...changes,
    lines: { ...lines, ...changes.lines },
  };
}

/** A good line of a file, with these changes. */
export function importLine(line: number, changes: Partial<ImportLine> = {}): ImportLine {
  const username = `person.${line}`;
  const content = { username, email: `${username}@hopital.example`, displayName: `Person ${line}` };
  return {
    line,
    state: 'NEW',
    problems: [],
    accountId: null,
    ...changes,
    content: { ...content, ...changes.content },
  };
}
