import { digestSecret, nameKey } from '@portillon/kernel';
import type { MoveInPerson } from './move-in-line';
import type { MoveInReason } from './move-in-texts';

/** Hexadecimal digits of a key: 52 bits are exact in a number. */
const KEY_DIGITS = 13;

/** The lines that have one key: the first, and the first other one. */
class SharedKeys {
  readonly #first = new Map<number, number>();
  readonly #second = new Map<number, number>();

  add(text: string, line: number): void {
    const key = keyOf(text);
    if (!this.#first.has(key)) this.#first.set(key, line);
    else if (!this.#second.has(key)) this.#second.set(key, line);
  }

  /** The first line with this key, if it is an earlier one. */
  earlier(text: string, line: number): number | undefined {
    const first = this.#first.get(keyOf(text));
    return first === line ? undefined : first;
  }

  /** Another line with this key, earlier or later. */
  other(text: string, line: number): number | undefined {
    return this.earlier(text, line) ?? this.#second.get(keyOf(text));
  }
}

/**
 * What several lines of a file share. It holds a number of each person, never a text: a nation fits into a few dozen
 * megabytes.
 */
export class MoveInDoubles {
  /** People of the file. */
  total = 0;
  readonly #usernames = new SharedKeys();
  readonly #nationalIds = new SharedKeys();
  readonly #emails = new SharedKeys();
  readonly #phones = new SharedKeys();

  add({ line, content }: MoveInPerson): void {
    this.total++;
    this.#usernames.add(nameKey(content.username), line);
    this.#emails.add(nameKey(content.email), line);
    if (content.nationalId) this.#nationalIds.add(content.nationalId, line);
    if (content.phone) this.#phones.add(digitsOf(content.phone), line);
  }

  /** What this line shares with others. */
  reasons({ line, content: { username, email, nationalId, phone } }: MoveInPerson): MoveInReason[] {
    const found = [
      ['double-username', this.#usernames.earlier(nameKey(username), line)],
      ['double-national-id', nationalId ? this.#nationalIds.earlier(nationalId, line) : undefined],
      ['shared-email', this.#emails.other(nameKey(email), line)],
      ['shared-phone', phone ? this.#phones.other(digitsOf(phone), line) : undefined],
    ] as const;
    return found.flatMap(([code, of]) => (of === undefined ? [] : [{ code, of }]));
  }
}

/** The last nine digits: `06 12…`, `+33 6 12…` and `0033612…` are one number. */
function digitsOf(phone: string): string {
  return phone.replace(/\D/g, '').slice(-9);
}

function keyOf(text: string): number {
  return Number.parseInt(digestSecret(text).slice(0, KEY_DIGITS), 16);
}
