/** Something that happened and that a person is to be notified of. */
export interface Occurrence {
  /** Whom it concerns. */
  subjectId: string;
  kind: string;
  /** Keeps apart what goes, of one kind, to different mailboxes. */
  topic?: string;
  /** What the message will say; kept sealed until then. Of several occurrences, the latest's are sent. */
  details: object;
}

/** A notice whose time has come. */
export interface DueNotice<Details = Record<string, unknown>> {
  id: string;
  subjectId: string;
  kind: string;
  details: Details;
  /** How often it happened since the last message: 1 or more. */
  occurrences: number;
  firstAt: Date;
  latestAt: Date;
}
