import type { Locale } from '@portillon/kernel';
import type { OcsfActName } from './stream/ocsf.classes';

type Text = Readonly<Record<Locale, string>>;

/** What can happen: its sentence for people, and its class for a SIEM. */
export interface JournalEvent extends Text {
  /** Under which heading the filter of the journal offers it: at most 20 events in one, which is what the API takes. */
  readonly subject: JournalSubject;
  readonly siem: OcsfActName;
  /** For events that a person must look at. Other events are informational, and medium when they failed. */
  readonly severity?: 'high';
}

export type JournalSubject =
  | 'signIn'
  | 'codes'
  | 'password'
  | 'factors'
  | 'means'
  | 'accounts'
  | 'structures'
  | 'webhooks'
  | 'applications'
  | 'service'
  | 'emergency'
  | 'rights';

/** The words of one library for the journal, each with its text. */
export interface JournalDeclaration {
  /** Names of the OWASP logging vocabulary, and words of its form where it has none. */
  readonly events?: Readonly<Record<string, JournalEvent>>;
  /** Why something was refused, or done by the service itself: for the journal alone. */
  readonly reasons?: Readonly<Record<string, Text>>;
  /** The names of what else a line says. None may read like a secret, or its value is blanked. */
  readonly data?: Readonly<Record<string, Text>>;
  /** The values of such a name, where it takes one of a few words. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, Text>>>>;
}
