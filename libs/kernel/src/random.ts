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

export class SystemRandom extends Random {
  #latest = 0;
  #sequence = 0;

  constructor(private readonly clock: Clock) {
    super();
  }

  override bytes(size: number): Buffer {
    return randomBytes(size);
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
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
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
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
