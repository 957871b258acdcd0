import { AppError } from './errors/app-error';

const LARGEST_PAGE = 100;
/** A cursor of {@link toCursor}, or an id, the cursor of another list. */
export const CURSOR_SHAPE = /^[\w-]{1,4000}$/;

/** Number of items of a page: the requested one, limited to 1 to `largest`. */
export function pageSize(asked: number, largest = LARGEST_PAGE): number {
  return Math.min(Math.max(1, Math.floor(asked) || 1), largest);
}

/** Encodes the position after which the next page starts, as an opaque text. */
export function toCursor(...place: string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Decodes a cursor. @throws AppError `validation.failed` when {@link toCursor} did not make it of so many parts. */
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

const PAGE = 100;

interface Page<Item> {
  items: readonly Item[];
  nextCursor: string | null;
}

/** Yields every item of a paged list. */
export async function* itemsOf<Item>(
  read: (range: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
