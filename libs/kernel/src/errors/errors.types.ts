/** The languages that answers are written in. */
export type Locale = 'fr' | 'en';

/** What a person reads of a failure: what happened, and what to do next. */
export interface ErrorText {
  title: string;
  detail: string;
}

/** One public error code: the status of its answer, and its words. */
export interface ErrorDefinition extends Readonly<Record<Locale, ErrorText>> {
  readonly status: number;
}

/** The error codes of one lib. */
export type ErrorDefinitions = Readonly<Record<string, ErrorDefinition>>;

/** What is wrong with one field of a request: `code` of an entry of `errors`, and its sentence. */
export type FieldTexts = Readonly<Record<string, Readonly<Record<Locale, string>>>>;
