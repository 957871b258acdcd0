import { Worker } from 'node:worker_threads';
import { AppError } from '@portillon/kernel';
import { HASHING_WORKER, HashingAnswer, HashingJob, WorkerSettings } from './hashing.worker';

/** A thread needs little beside the memory of the hash, which is not V8's. */
const LIMITS = {
  maxYoungGenerationSizeMb: 1,
  maxOldGenerationSizeMb: 16,
  codeRangeSizeMb: 4,
  stackSizeMb: 1,
};

interface Running {
  resolve: (answer: HashingAnswer) => void;
  reject: (error: unknown) => void;
}

/** One worker thread with at most one job; it keeps the process alive only while it has one. */
export class HashingThread {
  readonly #worker: Worker;
  #running?: Running;
  #idleTimer?: NodeJS.Timeout;

  /** @param leave called before the thread goes, for whatever reason: it must get no job from then on. */
  constructor(
    settings: WorkerSettings,
    private readonly idleMs: number,
    private readonly leave: () => void,
  ) {
    this.#worker = new Worker(HASHING_WORKER, {
      eval: true,
      workerData: { argon2: settings.argon2, niceness: settings.niceness } satisfies WorkerSettings,
      // Neither the secrets of the environment nor the loaders of a development server belong in there.
      env: {},
      execArgv: [],
      resourceLimits: LIMITS,
    });
    this.#worker.on('message', (answer: HashingAnswer) => this.#finish(answer));
    this.#worker.once('error', (error) => this.#fail(error));
    this.#worker.once('exit', () => this.#fail());
  }

  get idle(): boolean {
    return !this.#running;
  }

  run(job: HashingJob): Promise<HashingAnswer> {
    clearTimeout(this.#idleTimer);
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#running = { resolve, reject };
      this.#worker.postMessage(job);
    });
  }

  async end(): Promise<void> {
    clearTimeout(this.#idleTimer);
    this.leave();
    await this.#worker.terminate();
  }

  #finish(answer: HashingAnswer): void {
    this.#take()?.resolve(answer);
    this.#worker.unref();
    this.#idleTimer = setTimeout(() => void this.end(), this.idleMs).unref();
  }

  #fail(cause?: unknown): void {
    this.leave();
    const detail = 'a hashing thread ended in the middle of a job';
    this.#take()?.reject(new AppError('internal', { detail, cause }));
  }

  #take(): Running | undefined {
    const running = this.#running;
    this.#running = undefined;
    return running;
  }
}
