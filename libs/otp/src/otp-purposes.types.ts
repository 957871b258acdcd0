/**
 * Purposes of codes, by library. Each library that requests codes adds its own:
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
 * Purpose of a code, at most 24 characters; any text while no library has declared one. A code of one purpose is never
 * accepted for another.
 */
export type OtpPurpose = keyof OtpPurposes extends never ? string : OtpPurposes[keyof OtpPurposes];
