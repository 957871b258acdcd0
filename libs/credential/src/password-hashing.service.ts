import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { AppError, Random } from '@portillon/kernel';
import { PASSWORD_OPTIONS, type PasswordOptions } from './credential.options';
import { PasswordHashingMetrics } from './password-hashing.metrics';
import { parsePhc, toPhc } from './phc';
import { ThreadPool } from './thread-pool';

/** Task of a thread: check a password against a digest, or make a digest. */
export type HashingJob =
  | { digest: string; password: string }
  | { password: string; salt: Uint8Array; memory: number; passes: number };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** A thread needs little besides the memory of the hash, which is outside V8's heap. */
const HEAP_MB = 16;

/**
 * Computes Argon2id in a few threads of low priority behind a short queue: a flood of sign-ins gets `service.busy` and
 * does not block the event loop.
 */
@Injectable()
export class PasswordHashingService implements OnApplicationShutdown {
  readonly #pool: ThreadPool<HashingJob, boolean | string>;
  /** A digest of no password, with the current parameters. */
  readonly #unknownDigest: string;

  constructor(
    @Inject(PASSWORD_OPTIONS) private readonly options: PasswordOptions,
    private readonly random: Random,
    private readonly metrics: PasswordHashingMetrics,
  ) {
    const { threads, queue, idleMs, niceness } = options;
    this.#pool = new ThreadPool({
      worker: 'hashing.worker.cjs',
      memoryMb: HEAP_MB,
      threads,
      queue,
      idleMs,
      workerData: { niceness },
    });
    this.#unknownDigest = toPhc(options, random.bytes(SALT_BYTES), random.bytes(HASH_BYTES));
  }

  /**
   * Whether `digest` was made from `password`. Without a readable digest it costs the same and returns false, so that
   * the time reveals nothing (ASVS 6.3.8). A password over the maximum length is refused without a hash, whether or
   * not the account exists.
   * @throws AppError `service.busy` when too many passwords wait already.
   */
  async verify(digest: string | null | undefined, password: string): Promise<boolean> {
    const text = this.#normalised(password);
    if (text === undefined) return false;
    const readable = digest && parsePhc(digest) ? digest : undefined;
    const matches = await this.#run({ digest: readable ?? this.#unknownDigest, password: text });
    return readable !== undefined && matches === true;
  }

  /**
   * Makes a digest in the PHC string format.
   *
   * @throws AppError `password.weak` when the password is too long, `service.busy` when too many passwords wait
   * already
   */
  async hash(password: string): Promise<string> {
    const text = this.#normalised(password);
    if (text === undefined) throw new AppError('password.weak', { data: { reasons: ['too-long'] } });
    const { memory, passes } = this.options;
    return (await this.#run({
      password: text,
      salt: this.random.bytes(SALT_BYTES),
      memory,
      passes,
    })) as string;
  }

  /** Whether `digest` has weaker parameters than the current ones: hash the password again while it is known. */
  needsRehash(digest: string): boolean {
    const parameters = parsePhc(digest);
    return !parameters || parameters.memory < this.options.memory || parameters.passes < this.options.passes;
  }

  /** Ends the threads; waiting passwords get `service.busy`. */
  async onApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  #run(job: HashingJob): Promise<boolean | string> {
    return this.metrics.measured(() => this.#pool.run(job));
  }

  #normalised(password: string): string | undefined {
    // Normalisation makes a text at most four times shorter: a longer one need not be normalised.
    if (password.length > 8 * this.options.maxLength) return undefined;
    const text = password.normalize('NFC');
    return [...text].length > this.options.maxLength ? undefined : text;
  }
}
