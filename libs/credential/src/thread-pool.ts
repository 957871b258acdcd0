import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { Piscina } from 'piscina';

export interface ThreadPoolOptions {
  /** The file that each thread runs: its export takes a job and returns the answer. */
  worker: string;
  /** V8's memory of one thread, megabytes. */
  memoryMb: number;
  /** Threads at most; each starts when it is needed. */
  threads: number;
  /** Jobs that may wait before the threads. */
  queue: number;
  /** A thread without work for so long ends, and gives its memory back; milliseconds. */
  idleMs: number;
  /** What each thread finds in its `workerData`. */
  workerData?: object;
}

const RETRY_AFTER_SECONDS = 2;

/** A few threads, each with one job at a time, and a short queue before them. */
export class ThreadPool<Job, Answer> {
  readonly #logger = new Logger(ThreadPool.name);
  readonly #pool: Piscina<Job, Answer>;
  readonly #worker: string;
  #closed = false;

  constructor({ worker, memoryMb, threads, queue, idleMs, workerData }: ThreadPoolOptions) {
    this.#worker = worker;
    this.#pool = new Piscina({
      filename: fileOf(worker),
      minThreads: 0,
      maxThreads: threads,
      maxQueue: queue,
      idleTimeout: idleMs,
      workerData,
      // Neither the secrets of the environment nor the loaders of a development server belong in there.
      env: {},
      execArgv: [],
      resourceLimits: {
        maxYoungGenerationSizeMb: 1,
        maxOldGenerationSizeMb: memoryMb,
        codeRangeSizeMb: 4,
        stackSizeMb: 1,
      },
      recordTiming: false,
    });
    this.#pool.on('error', (error) => this.#failAll(error));
  }

  /** Threads at this moment. */
  get threads(): number {
    return this.#pool.threads.length;
  }

  /** @throws AppError `service.busy` when the queue is full or the pool is closed. */
  async run(job: Job): Promise<Answer> {
    if (this.#closed) throw busy(`${this.#worker}: the pool is closed`);
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
    this.#logger.error(`${this.#worker} does not start: ${String(cause)}`);
    void this.#pool.destroy();
  }

  #refusal(cause: Error): AppError {
    if (this.#closed) return busy(`${this.#worker}: the pool is closed`);
    // Piscina has no codes: its texts are those of the version that package.json names.
    if (/task queue/i.test(cause.message)) return busy(`${this.#worker}: too many jobs wait`);
    return new AppError('internal', { detail: `${this.#worker} failed: ${cause.message}`, cause });
  }
}

/** Beside what is bundled, or in the package, beside its sources and what is compiled of them. */
function fileOf(worker: string): string {
  const beside = join(__dirname, worker);
  return existsSync(beside) ? beside : join(__dirname, '..', worker);
}

function busy(detail: string): AppError {
  return new AppError('service.busy', { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
