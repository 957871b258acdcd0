import { Injectable } from '@nestjs/common';
import { MetricsRegistry, SECOND } from '@portillon/kernel';
import { Histogram } from 'prom-client';

/** How long users with the right password wait for the service itself. The target is half a second for 99 %. */
@Injectable()
export class PasswordMetrics {
  readonly #time: Histogram;

  constructor(registry: MetricsRegistry) {
    this.#time = new Histogram({
      name: 'portillon_password_seconds',
      help: 'From a right password to the session or the sign-in that waits for its code; handing on the code is not in it.',
      buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10],
      registers: [registry],
    });
  }

  /** `ms`: milliseconds. */
  observe(ms: number): void {
    this.#time.observe(ms / SECOND);
  }
}
