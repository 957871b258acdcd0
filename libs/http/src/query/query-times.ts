import { AppError } from '@portillon/kernel';
import { queryText } from './query';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
const DAY_TEXT = /^\d{4}-\d\d-\d\d$/;

/** An instant, ISO 8601 with its offset. @throws AppError `validation.failed` */
export function queryInstant(field: string, value: unknown): Date | undefined {
  const text = queryText(field, value);
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(time.getTime()) || time.getTime() < 0) throw refused(field);
  return time;
}

/** A day of the calendar, `2026-11-24`. @throws AppError `validation.failed` */
export function queryDay(field: string, value: unknown): string | undefined {
  const text = queryText(field, value);
  if (text === undefined) return undefined;
  const time = new Date(`${text}T00:00:00.000Z`);
  // A day that the month does not have would silently be one of the next.
  if (!DAY_TEXT.test(text) || Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text))
    throw refused(field);
  return text;
}

/** Several words: repeated, or separated by commas. @throws AppError `validation.failed` */
export function queryWords(field: string, value: unknown, most: number): string[] | undefined {
  const given = Array.isArray(value) ? (value as unknown[]) : [value];
  const words = given.flatMap((one) => queryText(field, one)?.split(',') ?? []);
  if (words.length > most || words.some((word) => !/^[\w.-]{1,64}$/.test(word))) throw refused(field);
  return words.length > 0 ? [...new Set(words)] : undefined;
}

function refused(field: string): AppError {
  return new AppError('validation.failed', { errors: [{ field, code: 'format', message: '' }] });
}
