import { randomBytes, randomInt } from 'node:crypto';
import { Clock } from './clock';

/** The only source of chance. */
export abstract class Random {
  /** `size` unpredictable bytes. */
  abstract bytes(size: number): Buffer;

  /** `length` decimal digits, each of the 10^length values as likely as any other, leading zeros kept. */
  abstract digits(length: number): string;

  /** A number in [0, 1), for jitter only: never for a secret. */
  abstract fraction(): number;

  /** A new identifier: UUID version 7 (RFC 9562), whose order is the order of making. */
  abstract id(): string;
}

const PAGE_BYTES = 4_096;

export class SystemRandom extends Random {
  #page = Buffer.alloc(PAGE_BYTES);
  #used = PAGE_BYTES;
  #latest = 0;
  #sequence = 0;

  constructor(private readonly clock: Clock) {
    super();
  }

  /** Drawn from the system in pages: one call for each id and token of a sign-in would cost it a tenth of a millisecond. */
  override bytes(size: number): Buffer {
    if (size > PAGE_BYTES / 16) return randomBytes(size);
    if (this.#used + size > PAGE_BYTES) this.#turnPage();
    const drawn = Buffer.from(this.#page.subarray(this.#used, this.#used + size));
    // What has been given stays nowhere but with who asked.
    this.#page.fill(0, this.#used, this.#used + size);
    this.#used += size;
    return drawn;
  }

  override digits(length: number): string {
    return Array.from({ length }, () => randomInt(10)).join('');
  }

  override fraction(): number {
    return randomInt(2 ** 32) / 2 ** 32;
  }

  override id(): string {
    const bytes = this.bytes(16);
    bytes.writeUIntBE(this.#tick(), 0, 6);
    bytes.writeUInt16BE(0x7000 | this.#sequence, 6);
    bytes[8] = 0x80 | (bytes[8]! & 0x3f);
    return hyphenated(bytes);
  }

  #turnPage(): void {
    this.#page = randomBytes(PAGE_BYTES);
    this.#used = 0;
  }

  /** Ids of one millisecond count on in `rand_a`, and borrow from the next one when it is full (RFC 9562, 6.2). */
  #tick(): number {
    const now = Math.max(this.clock.now().getTime(), this.#latest);
    const same = now === this.#latest;
    const full = same && this.#sequence === 0xfff;
    this.#sequence = same && !full ? this.#sequence + 1 : randomInt(0x400);
    this.#latest = full ? now + 1 : now;
    return this.#latest;
  }
}

/** The lowest id that {@link Random.id} can make at `time`: for the ids made before or since, by primary key. */
export function lowestId(time: Date): string {
  return uuidV7(time, Buffer.alloc(16));
}

function uuidV7(time: Date, bytes: Buffer): string {
  bytes.writeUIntBE(time.getTime(), 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return hyphenated(bytes);
}

function hyphenated(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join('-');
}
