import type { Channel, Locale } from '@portillon/kernel';

/** The texts of a message about the purpose of its code. */
export interface CodePurposeTexts {
  subject: string;
  title: string;
  sentence: (service: string) => string;
  /** In GSM-7 only (no ç, ê, ô, nor curly apostrophe), at most 30 characters: the SMS is one segment. */
  sms: string;
  /** Advice for a reader who did not request the code, when it differs from that of a sign-in. */
  notYou?: string;
}

export interface CodePurpose {
  /** Set when the code proves an address or a number: it is sent by this channel only. Default: the preferred channel. */
  proves?: Channel;
  /** The journal's words for the purpose, after « Le code servait à ». */
  journal: Readonly<Record<Locale, string>>;
  texts: Readonly<Record<Locale, CodePurposeTexts>>;
}

/**
 * What the codes of a lib are for, by name. A lib adds its own beside their definition, and to its module what answers
 * them:
 *
 * ```ts
 * export const couponPurposes = { coupon: { journal: { fr: '…', en: '…' }, texts: { fr: {…}, en: {…} } } } satisfies CodePurposes;
 * declare module '@portillon/otp' {
 *   interface OtpPurposes { coupon: keyof typeof couponPurposes }
 * }
 * // coupon.module.ts, which imports AuthModule
 * providers: [registerCodePurposes(couponPurposes)]
 * ```
 */
export type CodePurposes = Readonly<Record<string, CodePurpose>>;
