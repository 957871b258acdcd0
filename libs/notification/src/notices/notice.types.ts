/** An event that a person must be notified of. */
export interface Occurrence {
  /** Account of the person. */
  subjectId: string;
  kind: string;
  /** Separates notices of one kind to different mailboxes. */
  topic?: string;
  /** Content of the message, encrypted until then. Of several occurrences, the latest details are sent. */
  details: object;
}

/** A notice that is due. */
export interface DueNotice<Details = Record<string, unknown>> {
  id: string;
  subjectId: string;
  kind: string;
  details: Details;
  /** Number of occurrences since the last message: at least 1. */
  occurrences: number;
  firstAt: Date;
  latestAt: Date;
}
