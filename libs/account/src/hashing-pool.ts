import { AppError } from '@portillon/kernel';
import { HashingAnswer, HashingJob, WorkerSettings } from './hashing-worker';
import { HashingThread } from './hashing-thread';

export interface HashingPoolOptions extends WorkerSettings {
  /** Threads at most; each starts when it is needed. */
  threads: number;
  /** Jobs that may wait for a thread. */
  queue: number;
  /** A thread without work for so long ends, and gives its memory back. */
  idleMs: number;
}

interface Waiting {
  job: HashingJob;
  resolve(result: boolean | string): void;
  reject(error: unknown): void;
}

const RETRY_AFTER_SECONDS = 2;

/** A few threads, each with one job at a time, and a short queue before them. */
export class HashingPool {
  readonly #threads = new Set<HashingThread>();
  readonly #idle: HashingThread[] = [];
  readonly #waiting: Waiting[] = [];
  #closed = false;

  constructor(private readonly options: HashingPoolOptions) {}

  /** @throws AppError `service.busy` when the queue is full or the pool is closed. */
  run(job: HashingJob): Promise<boolean | string> {
    if (this.#closed) throw busy('the hashing pool is closed');
    if (this.#waiting.length >= this.options.queue && !this.#hasRoom())
      throw busy('too many passwords to hash');
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      this.#next();
    });
  }

  /** Refuses what waits and ends every thread, at once. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const one of this.#waiting.splice(0)) one.reject(busy('the hashing pool is closed'));
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  #hasRoom(): boolean {
    return this.#idle.length > 0 || this.#threads.size < this.options.threads;
  }

  #next(): void {
    if (!this.#waiting.length || !this.#hasRoom()) return;
    const thread = this.#idle.pop() ?? this.#start();
    void this.#serve(thread, this.#waiting.shift()!);
  }

  async #serve(thread: HashingThread, { job, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(resultOf(await thread.run(job)));
    } catch (error) {
      reject(error);
    }
    if (this.#threads.has(thread)) this.#idle.push(thread);
    this.#next();
  }

  #start(): HashingThread {
    const thread = new HashingThread(this.options, this.options.idleMs, () => this.#forget(thread));
    this.#threads.add(thread);
    return thread;
  }

  #forget(thread: HashingThread): void {
    this.#threads.delete(thread);
    const index = this.#idle.indexOf(thread);
    if (index >= 0) this.#idle.splice(index, 1);
  }
}

function resultOf(answer: HashingAnswer): boolean | string {
  if ('result' in answer) return answer.result;
  throw new AppError('internal', 'internal', { detail: `hashing failed: ${answer.failure}` });
}

function busy(detail: string): AppError {
  return new AppError('service.busy', 'busy', { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
