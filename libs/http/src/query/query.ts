import { AppError } from '@portillon/kernel';

const LONGEST = 4_000;
export const YES_OR_NO = ['true', 'false'] as const;

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

function refused(field: string, code: string): AppError {
  return new AppError('validation.failed', { errors: [{ field, code, message: '' }] });
}
