import { digestSecret, nameKey } from '@portillon/kernel';
import type { MoveInPerson } from './move-in-line';
import type { MoveInReason } from './move-in-texts';

/** Hexadecimal digits of a key: 52 bits are exact in a number. */
const KEY_DIGITS = 13;

const SMALLEST = 1_024;
/** A table grows when more of its places are in use. */
const FULLEST = 0.6;

/**
 * The lines that have one key: the first, and the first other one. A hash table of numbers, since a map of a nation's keys
 * takes several times the memory.
 */
class SharedKeys {
  #keys = new Float64Array(SMALLEST);
  #first = new Int32Array(SMALLEST);
  #second = new Int32Array(SMALLEST);
  #size = 0;

  add(text: string, line: number): void {
    if (this.#size > FULLEST * this.#keys.length) this.#grow();
    const key = keyOf(text);
    const place = this.#placeOf(key);
    if (this.#keys[place] === key) this.#second[place] ||= line;
    else this.#insert(place, key, line);
  }

  /** The first line with this key, if it is an earlier one. */
  earlier(text: string, line: number): number | undefined {
    const first = this.#first[this.#placeOf(keyOf(text))] || undefined;
    return first === line ? undefined : first;
  }

  /** Another line with this key, earlier or later. */
  other(text: string, line: number): number | undefined {
    return this.earlier(text, line) ?? (this.#second[this.#placeOf(keyOf(text))] || undefined);
  }

  /** Where the key is, or would be. */
  #placeOf(key: number): number {
    let place = key % this.#keys.length;
    while (this.#keys[place] !== 0 && this.#keys[place] !== key) place = (place + 1) % this.#keys.length;
    return place;
  }

  #insert(place: number, key: number, first: number, second = 0): void {
    this.#keys[place] = key;
    this.#first[place] = first;
    this.#second[place] = second;
    this.#size++;
  }

  #grow(): void {
    const [keys, first, second] = [this.#keys, this.#first, this.#second];
    this.#keys = new Float64Array(2 * keys.length);
    this.#first = new Int32Array(2 * keys.length);
    this.#second = new Int32Array(2 * keys.length);
    this.#size = 0;
    for (const [place, key] of keys.entries())
      if (key !== 0) this.#insert(this.#placeOf(key), key, first[place]!, second[place]);
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
  // Zero marks a free place.
  return Number.parseInt(digestSecret(text).slice(0, KEY_DIGITS), 16) || 1;
}
