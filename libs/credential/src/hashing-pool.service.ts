import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { Piscina } from 'piscina';

/** What a thread is asked: to check a password against a digest, or to make a digest. */
export type HashingJob =
  | { digest: string; password: string }
  | { password: string; salt: Uint8Array; memory: number; passes: number };

export interface HashingPoolOptions {
  /** Threads at most; each starts when it is needed. */
  threads: number;
  /** Jobs that may wait before the threads. */
  queue: number;
  /** A thread without work for so long ends, and gives its memory back; milliseconds. */
  idleMs: number;
  /** 0 (as the event loop) to 19 (last). */
  niceness: number;
}

/** Beside what is bundled, or in the package, beside its sources and what is compiled of them. */
const WORKERS = [join(__dirname, 'hashing.worker.cjs'), join(__dirname, '../hashing.worker.cjs')];
/** A thread needs little beside the memory of the hash, which is not V8's. */
const LIMITS = {
  maxYoungGenerationSizeMb: 1,
  maxOldGenerationSizeMb: 16,
  codeRangeSizeMb: 4,
  stackSizeMb: 1,
};
const RETRY_AFTER_SECONDS = 2;

/** A few threads, each with one job at a time, and a short queue before them. */
export class HashingPoolService {
  readonly #logger = new Logger('HashingPool');
  readonly #pool: Piscina<HashingJob, boolean | string>;
  #closed = false;

  /** @param worker what each thread runs. */
  constructor({ threads, queue, idleMs, niceness }: HashingPoolOptions, worker = WORKERS.find(existsSync)) {
    this.#pool = new Piscina({
      filename: worker,
      minThreads: 0,
      maxThreads: threads,
      maxQueue: queue,
      idleTimeout: idleMs,
      workerData: { niceness },
      // Neither the secrets of the environment nor the loaders of a development server belong in there.
      env: {},
      execArgv: [],
      resourceLimits: LIMITS,
      recordTiming: false,
    });
    this.#pool.on('error', (error) => this.#failAll(error));
  }

  /** Threads at this moment. */
  get threads(): number {
    return this.#pool.threads.length;
  }

  /** @throws AppError `service.busy` when the queue is full or the pool is closed. */
  async run(job: HashingJob): Promise<boolean | string> {
    if (this.#closed) throw busy('the hashing pool is closed');
    try {
      return await this.#pool.run(job);
    } catch (error) {
      throw this.#refusal(error as Error);
    }
  }

  /** Refuses what waits and ends every thread, at once. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool.destroy();
  }

  /** A thread that cannot start takes no job: those that wait for it would wait for ever. */
  #failAll(cause: unknown): void {
    this.#logger.error(`a hashing thread does not start: ${String(cause)}`);
    void this.#pool.destroy();
  }

  #refusal(cause: Error): AppError {
    if (this.#closed) return busy('the hashing pool is closed');
    // Piscina has no codes: its texts are those of the version that package.json names.
    if (/task queue/i.test(cause.message)) return busy('too many passwords to hash');
    return new AppError('internal', { detail: `hashing failed: ${cause.message}`, cause });
  }
}

function busy(detail: string): AppError {
  return new AppError('service.busy', { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
