import { AppError } from './errors/app-error';

const LARGEST_PAGE = 100;
/** What {@link toCursor} writes, or another list's own cursor: an id. */
export const CURSOR_SHAPE = /^[\w-]{1,4000}$/;

/** How many items a page has: 1 to 100, whatever was asked for. */
export function pageSize(asked: number): number {
  return Math.min(Math.max(1, Math.floor(asked) || 1), LARGEST_PAGE);
}

/** The place in a list after which the next page starts, as an opaque text. */
export function toCursor(...place: string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws AppError `validation.failed` when `cursor` is not one that {@link toCursor} made of so many parts. */
export function fromCursor(cursor: string, parts: number): string[] {
  const place = CURSOR_SHAPE.test(cursor) ? parse(cursor) : undefined;
  const whole =
    Array.isArray(place) && place.length === parts && place.every((part) => typeof part === 'string');
  if (whole) return place;
  throw unknownCursor();
}

export function unknownCursor(): AppError {
  const errors = [{ field: 'cursor', code: 'invalid', message: 'cursor is not one of this list' }];
  return new AppError('validation.failed', { errors });
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
