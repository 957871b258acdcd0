import type { kernelErrors } from './kernel.errors';

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
