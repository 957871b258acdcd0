/**
 * What codes open, lib by lib. Each lib that asks for codes adds its own:
 *
 * ```ts
 * declare module '@portillon/otp' {
 *   interface OtpPurposes { coupon: 'coupon' }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- applications add the members
export interface OtpPurposes {}

/**
 * What a code opens, at most 24 characters; any text where no lib has added its own. A code of one purpose is never
 * accepted for another.
 */
export type OtpPurpose = keyof OtpPurposes extends never ? string : OtpPurposes[keyof OtpPurposes];
