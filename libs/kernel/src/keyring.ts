import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Random } from './random';

export interface Key {
  /** Short public name of the key, stored beside its digests and sealed texts: letters, digits, `_`, `-`. */
  id: string;
  /** At least 32 bytes. */
  secret: Buffer;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const SHORT_HEX = 20;
/** The Base64 of a key that was typed by hand. */
const ONE_LETTER = /^(.)\1*=*$/;
const NO_KEY =
  'No key is set. "portillon keys new" prints one, of the form id:base64; so does: echo "key-1:$(openssl rand -base64 32)"';
const NOT_BY_CHANCE = 'A key must be random: this one repeats one letter, or is all zero';
const FIRST_PRINTABLE = 0x20;
const KEY_TEXT = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/;

/**
 * The deployment's secret keys: the first makes, all verify, so that keys rotate without an outage. Each purpose has
 * its own derived key (HKDF-SHA-256), so that a digest of one purpose proves nothing for another.
 */
export class Keyring {
  readonly #keys: Map<string, Buffer>;
  readonly #currentId: string;
  readonly #derived = new Map<string, Buffer>();
  /** Ids of keys that this process needed and that the ring lacks, for its health. */
  readonly missing = new Set<string>();

  /**
   * Takes the keys, the current one first. @throws Error without a key, when an id occurs twice, or when a key is
   * shorter than 32 bytes or typed by hand.
   */
  constructor(keys: readonly Key[]) {
    const first = keys[0];
    if (!first) throw new Error('A keyring needs at least one key');
    this.#currentId = first.id;
    this.#keys = new Map(keys.map((key) => [key.id, key.secret]));
    if (this.#keys.size !== keys.length) throw new Error('Two keys have the same id');
    for (const key of keys) requireStrength(key);
  }

  /** Reads `id:base64,id:base64`. @throws Error naming the position of the fault, never the value. */
  static parse(text: string | undefined): Keyring {
    if (!text?.trim()) throw new Error(NO_KEY);
    const keys = text.split(',').map((part, index) => {
      const match = KEY_TEXT.exec(part.trim());
      if (!match) throw new Error(`Key ${index + 1} is not of the form id:base64`);
      if (ONE_LETTER.test(match[2]!)) throw new Error(NOT_BY_CHANCE);
      return { id: match[1]!, secret: Buffer.from(match[2]!, 'base64') };
    });
    return new Keyring(keys);
  }

  /** Ids of the keys in the ring, the current one first. */
  get ids(): string[] {
    return [...this.#keys.keys()];
  }

  /** Returns the id of the key that made a digest or a sealed text. */
  static keyIdOf(made: string): string {
    return made.slice(0, made.lastIndexOf('.'));
  }

  /** Whether the ring has the key. Digests and texts of a removed key cannot be checked any more. */
  has(keyId: string): boolean {
    return this.#keys.has(keyId);
  }

  /**
   * Returns a keyed hash of `parts`, bound to `purpose`: `keyId.hex`. The parts are framed, so that no list passes for
   * another.
   */
  digest(purpose: string, parts: readonly string[]): string {
    return this.#digestWith(this.#currentId, purpose, parts);
  }

  /** Whether `digest` was made from exactly these parts for this purpose, by any key still in the ring. Constant-time. */
  matches(digest: string, purpose: string, parts: readonly string[]): boolean {
    const keyId = Keyring.keyIdOf(digest);
    if (!this.#keys.has(keyId)) return false;
    return isSame(digest, this.#digestWith(keyId, purpose, parts));
  }

  /** As {@link digest} in 80 bits, without the key's id: `hex`, where space is limited. */
  shortDigest(purpose: string, parts: readonly string[]): string {
    return this.#shortDigestWith(this.#currentId, purpose, parts);
  }

  /** As {@link matches}, for a {@link shortDigest}: tries each key of the ring. */
  matchesShort(digest: string, purpose: string, parts: readonly string[]): boolean {
    return this.ids.some((keyId) => isSame(digest, this.#shortDigestWith(keyId, purpose, parts)));
  }

  /** Encrypts and authenticates (AES-256-GCM): `keyId.base64url`. */
  seal(purpose: string, text: string, random: Random): string {
    const iv = random.bytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key(this.#currentId, purpose), iv);
    const body = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.#currentId}.${body.toString('base64url')}`;
  }

  /** Decrypts. @throws Error when the text was sealed by a removed key or for another purpose, or was altered. */
  open(purpose: string, sealed: string): string {
    const dot = sealed.lastIndexOf('.');
    const body = Buffer.from(sealed.slice(dot + 1), 'base64url');
    if (body.length < IV_BYTES + TAG_BYTES) throw new Error('Sealed text is too short');
    // Decoding ignores characters that are not Base64; a sealed text must have only one spelling.
    if (body.toString('base64url') !== sealed.slice(dot + 1)) throw new Error('Sealed text was altered');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.#key(sealed.slice(0, dot), purpose),
      body.subarray(0, IV_BYTES),
    );
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    return decipher.update(body.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }

  #digestWith(keyId: string, purpose: string, parts: readonly string[]): string {
    const hmac = createHmac('sha256', this.#key(keyId, purpose));
    return `${keyId}.${hmac.update(JSON.stringify(parts)).digest('hex')}`;
  }

  #shortDigestWith(keyId: string, purpose: string, parts: readonly string[]): string {
    return this.#digestWith(keyId, purpose, parts).slice(keyId.length + 1, keyId.length + 1 + SHORT_HEX);
  }

  #key(keyId: string, purpose: string): Buffer {
    const name = `${keyId} ${purpose}`;
    const known = this.#derived.get(name);
    if (known) return known;
    const secret = this.#keys.get(keyId);
    if (!secret) throw new Error(`No key "${keyId}" in the ring`);
    const derived = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
    this.#derived.set(name, derived);
    return derived;
  }
}

/** Compares in constant time. */
function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function requireStrength({ secret }: Key): void {
  if (secret.length < 32) throw new Error('A key needs at least 32 bytes');
  const [first = 0] = secret;
  const isTyped = first === 0 || first >= FIRST_PRINTABLE;
  if (isTyped && secret.every((byte) => byte === first)) throw new Error(NOT_BY_CHANCE);
}
