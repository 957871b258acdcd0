import { randomBytes, randomInt } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import { Clock } from './clock';

/** The only source of randomness. */
export abstract class Random {
  /** `size` unpredictable bytes. */
  abstract bytes(size: number): Buffer;

  /** `length` decimal digits, each of the 10^length values as likely as any other, leading zeros kept. */
  abstract digits(length: number): string;

  /** A number in [0, 1), for jitter only: never for a secret. */
  abstract fraction(): number;

  /** A new identifier: UUID version 7 (RFC 9562), which sorts by time of creation. */
  abstract id(): string;
}

/** Counter within a millisecond, 32 bits. It starts in the lower half, so that it cannot overflow. */
const FIRST_COUNT = 2 ** 31;

export class SystemRandom extends Random {
  #latest = 0;
  #count = 0;

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
    const now = this.clock.now().getTime();
    this.#count = now > this.#latest ? randomInt(FIRST_COUNT) : this.#count + 1;
    this.#latest = Math.max(now, this.#latest);
    return uuidV7({ msecs: this.#latest, seq: this.#count, random: randomBytes(16) });
  }
}

/** The lowest id that {@link Random.id} can make at `time`, to select ids made before or since by primary key. */
export function lowestId(time: Date): string {
  return uuidV7({ msecs: time.getTime(), seq: 0, random: new Uint8Array(16) });
}

/** When {@link Random.id} made this id, to the millisecond. */
export function timeOfId(id: string): Date {
  return new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16));
}
