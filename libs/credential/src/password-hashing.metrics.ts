import { Injectable } from '@nestjs/common';
import { MetricsRegistry, SECOND } from '@portillon/kernel';
import { Histogram } from 'prom-client';

/** Duration of hashes, with the wait for a thread: the first metric to rise when many people sign in. */
@Injectable()
export class PasswordHashingMetrics {
  readonly #wait: Histogram;

  constructor(registry: MetricsRegistry) {
    this.#wait = new Histogram({
      name: 'portillon_hash_wait_seconds',
      help: 'From asking for the hash of a password to having it, its time in the queue included.',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
      registers: [registry],
    });
  }

  async measured<Result>(hash: () => Promise<Result>): Promise<Result> {
    const begun = performance.now();
    const result = await hash();
    this.#wait.observe((performance.now() - begun) / SECOND);
    return result;
  }
}
