import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { AppError, Random, MetricsRegistry, SECOND } from '@portillon/kernel';
import { Histogram } from 'prom-client';
import { PASSWORD_OPTIONS } from './credential.options';
import type { PasswordOptions } from './credential.options';
import { checkOf, readForeignDigest, wrappedDigest, wrappedText } from './foreign-digest.policy';
import type { DigestCheck, DigestFormat, DigestRefusal } from './foreign-digest.policy';
import { ThreadPool } from './thread-pool';

/** Parameters of an Argon2id digest. */
export interface HashParameters {
  /** KiB. */
  memory: number;
  passes: number;
}

const ARGON2ID =
  /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,})\$([A-Za-z0-9+/]{43,})$/;

/** Reads a digest in the PHC string format; nothing unless it is Argon2id version 19 with at least 256 bits. */
function parsePhc(digest: string): HashParameters | undefined {
  const match = ARGON2ID.exec(digest);
  return match ? { memory: Number(match[1]), passes: Number(match[2]) } : undefined;
}

/** Makes a digest with these parameters that matches no known password. */
function toPhc({ memory, passes }: HashParameters, salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${unpadded(salt)}$${unpadded(hash)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/** Task of a thread: check a password against a digest, or make a digest. */
export type HashingJob =
  | { check: DigestCheck; password: string }
  | { password: string; salt: Uint8Array; memory: number; passes: number };

/** A digest of another product, as it is stored, or why it is not. */
export type TakenDigest =
  | { format: DigestFormat; digest: string; /** The first right password replaces it. */ replaced: boolean }
  | { format?: DigestFormat; refused: DigestRefusal };

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
  /** Duration of hashes, with the wait for a thread: the first metric to rise when many people sign in. */
  readonly #wait: Histogram;
  /** A digest of no password, with the current parameters. */
  readonly #unknownDigest: string;

  constructor(
    @Inject(PASSWORD_OPTIONS) private readonly options: PasswordOptions,
    private readonly random: Random,
    registry: MetricsRegistry,
  ) {
    this.#wait = new Histogram({
      name: 'portillon_hash_wait_seconds',
      help: 'From asking for the hash of a password to having it, its time in the queue included.',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
      registers: [registry],
    });
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
   * Whether `digest` was made from `password`. Without a readable digest it costs the same as one of ours and returns
   * false, so that the time reveals nothing (ASVS 6.3.8). A digest that moved in costs what its parameters say. A password
   * over the maximum length is refused without a hash, whether or not the account exists.
   *
   * @throws AppError `service.busy` when too many passwords wait already.
   */
  async verify(digest: string | null | undefined, password: string): Promise<boolean> {
    const text = this.#normalised(password);
    if (text === undefined) return false;
    const check = digest ? checkOf(digest) : undefined;
    const unknown = { by: 'native', digest: this.#unknownDigest } as const;
    const matches = await this.#run({ check: check ?? unknown, password: text });
    return check !== undefined && matches === true;
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
    return this.#hash(text);
  }

  /**
   * Reads a digest of another product, in the text form of its kind. A weak hash is wrapped in Argon2id, so that none is
   * stored.
   *
   * @throws AppError `service.busy` when too many passwords wait already
   */
  async take(text: string): Promise<TakenDigest> {
    const read = readForeignDigest(text);
    if ('refused' in read) return read;
    const { format } = read;
    if ('strong' in read) return { format, digest: read.strong, replaced: this.needsRehash(read.strong) };
    const argon2id = await this.#hash(wrappedText(read.weak));
    return { format, digest: wrappedDigest(format, read.parameters, argon2id), replaced: true };
  }

  /**
   * Whether `digest` is of another format or has weaker parameters than the current ones: hash the password again while it
   * is known.
   */
  needsRehash(digest: string): boolean {
    const parameters = parsePhc(digest);
    return !parameters || parameters.memory < this.options.memory || parameters.passes < this.options.passes;
  }

  /** Ends the threads; waiting passwords get `service.busy`. */
  async onApplicationShutdown(): Promise<void> {
    await this.#pool.close();
  }

  async #hash(password: string): Promise<string> {
    const { memory, passes } = this.options;
    const salt = this.random.bytes(SALT_BYTES);
    return (await this.#run({ password, salt, memory, passes })) as string;
  }

  async #run(job: HashingJob): Promise<boolean | string> {
    const begun = performance.now();
    const result = await this.#pool.run(job);
    this.#wait.observe((performance.now() - begun) / SECOND);
    return result;
  }

  #normalised(password: string): string | undefined {
    // Normalisation makes a text at most four times shorter: a longer one need not be normalised.
    if (password.length > 8 * this.options.maxLength) return undefined;
    const text = password.normalize('NFC');
    return [...text].length > this.options.maxLength ? undefined : text;
  }
}
