/** The words of one lib, for the journal. */
export interface JournalWords {
  /** What can happen: the OWASP logging vocabulary, and words of its form where it has none. */
  events?: readonly string[];
  /** Why something was refused, or done by the service itself: for the journal alone. The pages have a sentence for each. */
  reasons?: readonly string[];
  /** What else a line says, by name. The pages have a word for each; none may read like a secret, or it is blanked. */
  data?: readonly string[];
  /** The same, where it is one of a few words. The pages have a text for each. */
  words?: Readonly<Record<string, readonly string[]>>;
}
