import { createHash } from 'node:crypto';
import { SystemRandom } from '@portillon/kernel';

/** The same secrets in each run: random ones give the same code at two steps about once in a thousand runs. */
export class FixedRandom extends SystemRandom {
  #made = 0;

  override bytes(size: number): Buffer {
    const made = createHash('shake256', { outputLength: size }).update(String(this.#made));
    this.#made += 1;
    return made.digest();
  }
}
