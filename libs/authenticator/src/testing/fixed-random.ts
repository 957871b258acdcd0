import { createHash } from 'node:crypto';
import { SystemRandom } from '@portillon/kernel';

/** The same secrets at each run: a random one may give the same code at two steps, once in some thousand runs. */
export class FixedRandom extends SystemRandom {
  #made = 0;

  override bytes(size: number): Buffer {
    const made = createHash('shake256', { outputLength: size }).update(String(this.#made));
    this.#made += 1;
    return made.digest();
  }
}
