import type { Locale } from '@portillon/kernel';
import type { auditJournal } from './audit.journal';
import type { OcsfActName } from './stream/ocsf';

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

/**
 * Vocabulary of the journal, by library. Each library adds its own words, beside their definition:
 *
 * ```ts
 * export const couponJournal = {
 *   events: { coupon_spent: { subject: 'service', siem: 'entity.update', fr: '…', en: '…' } },
 *   reasons: { forged: { fr: '…', en: '…' } },
 * } as const satisfies JournalDeclaration;
 * declare module '@portillon/audit' {
 *   interface JournalVocabulary { coupon: typeof couponJournal }
 * }
 * ```
 */
export interface JournalVocabulary {
  audit: typeof auditJournal;
}

type OfAnyLib = JournalVocabulary[keyof JournalVocabulary];
type Listed<Kind extends string, Lib> = Lib extends { [one in Kind]: infer Words }
  ? keyof Words & string
  : never;
type NameOfWords<Lib> = Lib extends { words: infer Words } ? keyof Words & string : never;
type WordOf<Name, Lib> = Lib extends { words: infer Words } ? KeyOf<Words[Name & keyof Words]> : never;
type KeyOf<Texts> = Texts extends Texts ? keyof Texts & string : never;

/** Names of events. */
export type EventName = Listed<'events', OfAnyLib>;
/** Reasons. */
export type Reason = Listed<'reasons', OfAnyLib>;
/** A name of data whose value is one of a few words. */
export type DataWordName = NameOfWords<OfAnyLib>;
/** Values of the data of this name. */
export type DataWord<Name extends DataWordName> = WordOf<Name, OfAnyLib>;

type Value = string | number | boolean | Date | null | undefined | readonly string[];
type DataValue<Name> = Name extends DataWordName
  ? DataWord<Name> | readonly DataWord<Name>[] | undefined
  : Value;

/** Further data for auditors. Never a secret, a code, a full number. */
export type AuditData = {
  readonly [Name in Listed<'data', OfAnyLib> | DataWordName]?: DataValue<Name>;
};
