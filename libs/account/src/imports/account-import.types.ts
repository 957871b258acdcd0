import type { AccountDraft } from '../account/account.types';

/**
 * `READING` the file · `CHECKING` its lines · `CHECKED`, waiting for a word · `CREATING` · `INVITING` · `DONE`;
 * `REFUSED`: a line is bad and the choice was all or nothing · `UNDOING` · `UNDONE` · `ABANDONED`: the file broke off.
 */
export const IMPORT_STATES = [
  'READING',
  'CHECKING',
  'CHECKED',
  'CREATING',
  'INVITING',
  'DONE',
  'REFUSED',
  'UNDOING',
  'UNDONE',
  'ABANDONED',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** The states in which there is something to do. */
export const AT_WORK = ['CHECKING', 'CREATING', 'INVITING', 'UNDOING'] as const satisfies ImportState[];

export const IMPORT_MODES = ['ALL_OR_NONE', 'GOOD_LINES'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** What happens to an import whose server was killed: another goes on, or takes back what was made. */
export const WHEN_INTERRUPTED = ['RESUME', 'UNDO'] as const;
export type WhenInterrupted = (typeof WHEN_INTERRUPTED)[number];

export const LINE_STATES = ['NEW', 'GOOD', 'BAD', 'MADE', 'INVITED', 'UNDONE', 'KEPT'] as const;
export type LineState = (typeof LINE_STATES)[number];

export interface ImportOrder {
  mode: ImportMode;
  whenInterrupted: WhenInterrupted;
  /** Checks and waits: no account is created until the import is confirmed. */
  dryRun: boolean;
  /** Who imports; null: the command line. */
  actorId: string | null;
  /** Whose structure all of it goes into; null: each line says its own. */
  structureId: string | null;
}

export interface AccountImport extends ImportOrder {
  id: string;
  state: ImportState;
  total: number;
  /** How many lines are in each state. */
  lines: Record<LineState, number>;
  createdAt: Date;
  changedAt: Date;
}

/** A line's account to be; `structure` as it was written: a name, a FINESS or a SIRET. */
export interface ImportContent extends AccountDraft {
  structure?: string;
}

export interface ImportProblem {
  field: string;
  code: string;
}

export interface ImportLine {
  line: number;
  state: LineState;
  content: ImportContent;
  problems: ImportProblem[];
  accountId: string | null;
}

/** A line about a person, with the import that it belongs to. */
export interface KeptImportLine extends ImportLine {
  importId: string;
}

/** An import that this caller alone works on, as long as each step says that it still does. */
export interface ImportLease {
  id: string;
  leaseId: string;
  state: ImportState;
  /** Whether another process worked on it and died. */
  interrupted: boolean;
}

/** What becomes of a line. */
export interface LineChange {
  line: number;
  state: LineState;
  problems?: ImportLine['problems'];
  accountId?: string;
}
