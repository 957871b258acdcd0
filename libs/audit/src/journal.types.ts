import type { Locale } from '@portillon/kernel';
import type { OcsfActName } from './stream/ocsf.classes';

type Text = Readonly<Record<Locale, string>>;

/** An event: its sentence for people, and its class for a SIEM. */
export interface JournalEvent extends Text {
  /** Group in the filter of the journal: at most 20 events in one, the limit of the API. */
  readonly subject: JournalSubject;
  readonly siem: OcsfActName;
  /** For events that need attention. Other events are informational, and medium when they failed. */
  readonly severity?: 'high';
}

export type JournalSubject =
  | 'signIn'
  | 'codes'
  | 'password'
  | 'factors'
  | 'means'
  | 'accounts'
  | 'arrivals'
  | 'memberships'
  | 'structures'
  | 'webhooks'
  | 'applications'
  | 'service'
  | 'emergency'
  | 'rights';

/** Vocabulary of one library for the journal, each word with its text. */
export interface JournalDeclaration {
  /** Names from the OWASP logging vocabulary, or in its form where it has none. */
  readonly events?: Readonly<Record<string, JournalEvent>>;
  /** Reasons of refusals, or of automatic actions: for the journal only. */
  readonly reasons?: Readonly<Record<string, Text>>;
  /** Names of further data of a line. A name must not resemble a secret, or its value is blanked. */
  readonly data?: Readonly<Record<string, Text>>;
  /** Values of such a name, where it is one of a few words. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, Text>>>>;
}
