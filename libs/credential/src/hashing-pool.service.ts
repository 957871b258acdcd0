import { AppError } from '@portillon/kernel';
import { HashingThread } from './hashing-thread';
import { HashingAnswer, HashingJob, WorkerSettings } from './hashing.worker';

export interface HashingPoolOptions extends WorkerSettings {
  /** Threads at most; each starts when it is needed. */
  threads: number;
  /** Jobs that may wait before the threads. */
  queue: number;
  /** A thread without work for so long ends, and gives its memory back; milliseconds. */
  idleMs: number;
}

interface QueuedJob {
  job: HashingJob;
  resolve: (result: boolean | string) => void;
  reject: (error: unknown) => void;
}

const RETRY_AFTER_SECONDS = 2;

/** A few threads, each with one job at a time, and a short queue before them. */
export class HashingPoolService {
  readonly #threads = new Set<HashingThread>();
  readonly #waiting: QueuedJob[] = [];
  #closed = false;

  constructor(private readonly options: HashingPoolOptions) {}

  /** Threads at this moment. */
  get threads(): number {
    return this.#threads.size;
  }

  /** @throws AppError `service.busy` when the queue is full or the pool is closed. */
  async run(job: HashingJob): Promise<boolean | string> {
    if (this.#closed) throw busy('the hashing pool is closed');
    const thread = this.#free();
    if (!thread && this.#waiting.length >= this.options.queue) throw busy('too many passwords to hash');
    return new Promise((resolve, reject) => {
      const waiting = { job, resolve, reject };
      if (thread) void this.#serve(thread, waiting);
      else this.#waiting.push(waiting);
    });
  }

  /** Refuses what waits and ends every thread, at once. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const one of this.#waiting.splice(0)) one.reject(busy('the hashing pool is closed'));
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  async #serve(thread: HashingThread, { job, resolve, reject }: QueuedJob): Promise<void> {
    try {
      resolve(resultOf(await thread.run(job)));
    } catch (error) {
      reject(error);
    }
    this.#serveNext();
  }

  #serveNext(): void {
    const thread = this.#waiting.length ? this.#free() : undefined;
    if (thread) void this.#serve(thread, this.#waiting.shift()!);
  }

  /** An idle thread, else a new one. */
  #free(): HashingThread | undefined {
    const idle = [...this.#threads].find((thread) => thread.idle);
    if (idle || this.#threads.size >= this.options.threads) return idle;
    return this.#start();
  }

  #start(): HashingThread {
    const thread = new HashingThread(this.options, this.options.idleMs, () => this.#threads.delete(thread));
    this.#threads.add(thread);
    return thread;
  }
}

function resultOf(answer: HashingAnswer): boolean | string {
  if ('result' in answer) return answer.result;
  throw new AppError('internal', { detail: `hashing failed: ${answer.failure}` });
}

function busy(detail: string): AppError {
  return new AppError('service.busy', { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
