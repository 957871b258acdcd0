/** Languages of the answers. */
export type Locale = 'fr' | 'en';

/** Text of a failure for a person: what happened, and what to do next. */
export interface ErrorText {
  title: string;
  detail: string;
}

/** A public error code: the status of its answer, and its texts. */
export interface ErrorDefinition extends Readonly<Record<Locale, ErrorText>> {
  readonly status: number;
}

/** Error codes of one library. */
export type ErrorDefinitions = Readonly<Record<string, ErrorDefinition>>;

/** Fault of one field of a request: `code` of an entry of `errors`, and its sentence. */
export type FieldTexts = Readonly<Record<string, Readonly<Record<Locale, string>>>>;
