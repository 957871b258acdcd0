import type { HealthIndicatorResult } from '@nestjs/terminus';

/** A look at one thing that an instance needs, and what the last one found. */
export class LatestLook {
  #latest: HealthIndicatorResult;
  #running?: Promise<HealthIndicatorResult>;

  constructor(
    private readonly name: string,
    private readonly indicator: () => PromiseLike<HealthIndicatorResult> | HealthIndicatorResult,
  ) {
    this.#latest = this.#down();
  }

  /** What is found now; who asks while a look is under way gets what that one finds. */
  look(): Promise<HealthIndicatorResult> {
    this.#running ??= this.#look().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** What is found now, or was found last when that takes longer than `milliseconds`. */
  within(milliseconds: number): Promise<HealthIndicatorResult> {
    const last = new Promise<HealthIndicatorResult>((resolve) => {
      setTimeout(() => resolve(this.#latest), milliseconds).unref();
    });
    return Promise.race([this.look(), last]);
  }

  async #look(): Promise<HealthIndicatorResult> {
    try {
      this.#latest = await this.indicator();
    } catch {
      this.#latest = this.#down();
    }
    return this.#latest;
  }

  #down(): HealthIndicatorResult {
    return { [this.name]: { status: 'down' } };
  }
}
