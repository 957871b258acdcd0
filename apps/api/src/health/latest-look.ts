import type { HealthIndicatorResult } from '@nestjs/terminus';
import { optional } from './optional';

/** A look at one thing that an instance needs, and what the last one found. */
export class LatestLook {
  #latest: HealthIndicatorResult;
  #running?: Promise<HealthIndicatorResult>;

  constructor(
    private readonly name: string,
    private readonly indicator: () => PromiseLike<HealthIndicatorResult> | HealthIndicatorResult,
    /** `isOptional`: the instance is ready without it. */
    private readonly options: { isOptional: boolean } = { isOptional: false },
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
      const found = await this.indicator();
      this.#latest = this.options.isOptional ? optional(found) : found;
    } catch {
      this.#latest = this.#down();
    }
    return this.#latest;
  }

  #down(): HealthIndicatorResult {
    return { [this.name]: { status: this.options.isOptional ? 'degraded' : 'down' } };
  }
}
