import type { AccountDraft } from '../account/account.types';

/**
 * `READING` the file · `CHECKING` its lines · `CHECKED`, waiting for a confirmation · `CREATING` · `INVITING` ·
 * `DONE`; `REFUSED`: a line is invalid and the choice was all or nothing · `UNDOING` · `UNDONE` · `ABANDONED`: the
 * file was cut off.
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

/** States with work for a worker. */
export const AT_WORK = ['CHECKING', 'CREATING', 'INVITING', 'UNDOING'] as const satisfies ImportState[];

export const IMPORT_MODES = ['ALL_OR_NONE', 'GOOD_LINES'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** Action after a server was killed: another one continues, or undoes the accounts created so far. */
export const WHEN_INTERRUPTED = ['RESUME', 'UNDO'] as const;
export type WhenInterrupted = (typeof WHEN_INTERRUPTED)[number];

/** `FOUND`: the person has an account elsewhere · `PROPOSED`: a membership was proposed to them. */
export const LINE_STATES = [
  'NEW',
  'GOOD',
  'BAD',
  'MADE',
  'INVITED',
  'FOUND',
  'PROPOSED',
  'UNDONE',
  'KEPT',
] as const;
export type LineState = (typeof LINE_STATES)[number];

export interface ImportOrder {
  mode: ImportMode;
  whenInterrupted: WhenInterrupted;
  /** Checks and waits: no account is created until the import is confirmed. */
  dryRun: boolean;
  /** Account of the requester; null: the command line. */
  actorId: string | null;
  /** Structure of all accounts; null: each line names its own. */
  structureId: string | null;
}

export interface AccountImport extends ImportOrder {
  id: string;
  state: ImportState;
  total: number;
  /** Number of lines by state. */
  lines: Record<LineState, number>;
  createdAt: Date;
  changedAt: Date;
}

/** Data of a line's new account; `structure` as written: a name, a FINESS or a SIRET. */
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

/** A lease on an import, as long as each step confirms it. */
export interface ImportLease {
  id: string;
  leaseId: string;
  state: ImportState;
  /** Whether another process worked on it and died. */
  interrupted: boolean;
}

/** Result of a line. */
export interface LineChange {
  line: number;
  state: LineState;
  problems?: ImportLine['problems'];
  accountId?: string;
}
