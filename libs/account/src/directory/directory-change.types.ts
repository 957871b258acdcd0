/** What the national directory may show otherwise. `replaced-id`: an RPPS number took the place of an ADELI number. */
export const DIRECTORY_CHANGE_KINDS = [
  'inactive',
  'left',
  'replaced-id',
  'renamed',
  'closed-structure',
] as const;
export type DirectoryChangeKind = (typeof DIRECTORY_CHANGE_KINDS)[number];

/** What the directory shows. */
export interface DirectoryDetails {
  /** The new national id (idNat_PS). */
  nationalId?: string;
  givenName?: string;
  familyName?: string;
  /** FINESS of the place where the work ended, or that closed. */
  finess?: string;
}

/** A change for the administrators of one structure to decide. */
export interface ProposedDirectoryChange {
  kind: DirectoryChangeKind;
  /** Null: it concerns the structure. */
  accountId: string | null;
  structureId: string;
  details: DirectoryDetails;
}

/** An open change, with the names of whom it concerns. */
export interface DirectoryChange extends Pick<ProposedDirectoryChange, 'kind' | 'details'> {
  id: string;
  account: { id: string; name: string } | null;
  structure: { id: string; name: string };
  foundAt: Date;
}

/** A change of a person, open or decided, for the export of their data. */
export interface DirectoryChangeRecord extends Pick<DirectoryChange, 'kind' | 'details' | 'foundAt'> {
  decidedAt: Date | null;
  decision: 'applied' | 'set-aside' | null;
  reason: string | null;
}
