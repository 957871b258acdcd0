import type { kernelErrors } from './kernel.errors';

/**
 * Whose error codes there are. A lib adds its own beside their definitions, and to its module what answers them:
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
