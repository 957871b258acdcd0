import type { auditJournal } from './audit.journal';

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
