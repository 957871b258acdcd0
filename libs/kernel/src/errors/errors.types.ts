import type { kernelErrors } from './kernel.errors';

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

/**
 * Definitions of the error codes, by library. A library adds its own and registers them in its module:
 *
 * ```ts
 * export const couponErrors = { 'coupon.spent': { status: 409, fr: {…}, en: {…} } } as const satisfies ErrorDefinitions;
 * declare module '@portillon/kernel' {
 *   interface ErrorRegistry { coupon: typeof couponErrors }
 * }
 * // coupon.module.ts
 * imports: [ErrorsModule.forFeature(couponErrors)]
 * ```
 */
export interface ErrorRegistry {
  kernel: typeof kernelErrors;
}

/** Every public error code, as integrators read it in `code` of a problem document (RFC 9457). */
export type ErrorCode = {
  [Lib in keyof ErrorRegistry]: keyof ErrorRegistry[Lib] & string;
}[keyof ErrorRegistry];
