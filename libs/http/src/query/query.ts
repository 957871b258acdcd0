import { AppError } from '@portillon/kernel';

const LONGEST = 4_000;
export const YES_OR_NO = ['true', 'false'] as const;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
const DAY_TEXT = /^\d{4}-\d\d-\d\d$/;

/** One text of a query string; nothing when it was left out or empty. @throws AppError `validation.failed` */
export function queryText(field: string, value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > LONGEST) throw refused(field, 'type');
  return value;
}

/** A text of this form, or nothing. @throws AppError `validation.failed` */
export function queryPattern(field: string, value: unknown, pattern: RegExp): string | undefined {
  const text = queryText(field, value);
  if (text !== undefined && !pattern.test(text)) throw refused(field, 'format');
  return text;
}

/** One of `choices`, or nothing. @throws AppError `validation.failed` */
export function queryChoice<Choice extends string>(
  field: string,
  value: unknown,
  choices: readonly Choice[],
): Choice | undefined {
  const text = queryText(field, value);
  if (text === undefined) return undefined;
  const chosen = choices.find((choice) => choice === text);
  if (!chosen) throw refused(field, 'choice');
  return chosen;
}

/** `true` or `false`, or nothing. @throws AppError `validation.failed` */
export function queryBoolean(field: string, value: unknown): boolean | undefined {
  const chosen = queryChoice(field, value, YES_OR_NO);
  return chosen === undefined ? undefined : chosen === 'true';
}

/** The number of items: 1 to 100. Default: 50. @throws AppError `validation.failed` */
export function queryLimit(value: unknown): number {
  const text = queryText('limit', value) ?? '50';
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > 100) throw refused('limit', 'format');
  return Number(text);
}

/** An instant, ISO 8601 with its offset. @throws AppError `validation.failed` */
export function queryInstant(field: string, value: unknown): Date | undefined {
  const text = queryText(field, value);
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(time.getTime()) || time.getTime() < 0)
    throw refused(field, 'format');
  return time;
}

/** A day of the calendar, `2026-11-24`. @throws AppError `validation.failed` */
export function queryDay(field: string, value: unknown): string | undefined {
  const text = queryText(field, value);
  if (text === undefined) return undefined;
  const time = new Date(`${text}T00:00:00.000Z`);
  // A day that the month does not have would silently be one of the next.
  if (!DAY_TEXT.test(text) || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text))
    throw refused(field, 'format');
  return text;
}

/** Several words: repeated, or separated by commas. @throws AppError `validation.failed` */
export function queryWords(field: string, value: unknown, most: number): string[] | undefined {
  const given = Array.isArray(value) ? (value as unknown[]) : [value];
  const words = given.flatMap((one) => queryText(field, one)?.split(',') ?? []);
  if (words.length > most || words.some((word) => !/^[\w.-]{1,64}$/.test(word)))
    throw refused(field, 'format');
  return words.length > 0 ? [...new Set(words)] : undefined;
}

function refused(field: string, code: string): AppError {
  return new AppError('validation.failed', { errors: [{ field, code, message: '' }] });
}
