import type { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';

/**
 * Small fakes of the services that a use case calls, and the calls in order. `otp.consume(tx)` is a call with the open
 * transaction, between `begin` and `commit` or `rollback`.
 */
export class Steps {
  readonly taken: string[] = [];
  readonly #tx = {} as EntityManager;

  /** Runs a transaction once, without retries. */
  readonly transactions = {
    run: (work) => this.#transaction(work, () => true),
    runOrRollBack: (work) => this.#transaction(work, (result) => result !== undefined),
  } as Transactions;

  /** A `Service` with only these methods; each call is recorded as `name.method`. */
  of<Service extends object>(name: string, methods: Partial<Service>): Service {
    const fakes = Object.entries(methods as Record<string, (...args: unknown[]) => unknown>);
    return Object.fromEntries(
      fakes.map(([method, fake]) => [method, this.#step(`${name}.${method}`, fake)]),
    ) as Service;
  }

  async #transaction<Result>(
    work: (tx: EntityManager) => Promise<Result>,
    isCommitted: (result: Result) => boolean,
  ): Promise<Result> {
    this.taken.push('begin');
    try {
      const result = await work(this.#tx);
      this.taken.push(isCommitted(result) ? 'commit' : 'rollback');
      return result;
    } catch (error) {
      this.taken.push('rollback');
      throw error;
    }
  }

  #step(label: string, fake: (...args: unknown[]) => unknown) {
    return (...args: unknown[]) => {
      this.taken.push(args.includes(this.#tx) ? `${label}(tx)` : label);
      return fake(...args);
    };
  }
}
