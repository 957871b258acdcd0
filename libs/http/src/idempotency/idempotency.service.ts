import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DAY, Keyring, Random, addMilliseconds } from '@portillon/kernel';
import { PurgeJob } from '@portillon/persistence';
import type { Caller } from '../client';
import { IdempotencyKeyRepository } from './idempotency-key.repository';

/** A creation with a key. */
export interface KeyedRequest {
  caller: Caller;
  key: string;
  /** The route, as `POST /api/admin/accounts`. */
  route: string;
  body: unknown;
}

/** Answer of a creation, to be repeated. */
export interface KeptAnswer {
  body: unknown;
  /** Version of the created resource. */
  etag: string | null;
}

/**
 * `first`: create now, then call `complete` or `release`. `answered`: it was created. `other-request`: the key belongs
 * to another request. `in-progress`: it is being created, or its result is unknown.
 */
export type KeyCheck =
  | { status: 'first'; id: string }
  | { status: 'answered'; answer: KeptAnswer }
  | { status: 'other-request' }
  | { status: 'in-progress' };

const PURPOSE = 'idempotency-key';
/** Time for which an answer can be repeated. */
export const IDEMPOTENCY_KEPT_MS = DAY;

/**
 * Keys of creations (draft-ietf-httpapi-idempotency-key-header-07): under one key a caller creates at most once. The
 * key is committed in a separate transaction before the creation begins.
 */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly keys: IdempotencyKeyRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  /** Takes the key, or returns the state of the request that has it. */
  async begin(request: KeyedRequest): Promise<KeyCheck> {
    const id = idOf(request);
    const parts = partsOf(request);
    const requestDigest = this.keyring.digest(PURPOSE, parts);
    if (await this.keys.insert({ id, requestDigest, createdAt: this.clock.now() }))
      return { status: 'first', id };
    const known = await this.keys.find(id);
    // Released or purged between the two statements: the caller must try again.
    if (!known) return { status: 'in-progress' };
    if (!this.keyring.matches(known.requestDigest, PURPOSE, parts)) return { status: 'other-request' };
    if (known.sealedAnswer === null) return { status: 'in-progress' };
    return { status: 'answered', answer: this.#open(id, known.sealedAnswer) };
  }

  /** Stores the answer until 24 hours after the start of the request. */
  async complete(id: string, answer: KeptAnswer): Promise<void> {
    await this.keys.complete(id, this.keyring.seal(PURPOSE, JSON.stringify({ id, answer }), this.random));
  }

  /** Releases the key, when nothing was created. */
  async release(id: string): Promise<void> {
    await this.keys.release(id);
  }

  /** Deletes at most `batch` keys after 24 hours. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.keys.deleteMadeBefore(addMilliseconds(this.clock.now(), -IDEMPOTENCY_KEPT_MS), batch);
  }

  /**
   * Decrypts an answer. @throws Error when it belongs to another key, so that a database writer cannot swap answers.
   */
  #open(id: string, sealed: string): KeptAnswer {
    const kept = JSON.parse(this.keyring.open(PURPOSE, sealed)) as { id: string; answer: KeptAnswer };
    if (kept.id !== id) throw new Error('the answer belongs to another idempotency key');
    return kept.answer;
  }
}

function idOf({ caller, key }: KeyedRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([caller.kind, caller.id, key]))
    .digest('hex');
}

function partsOf({ route, body }: KeyedRequest): string[] {
  return [route, JSON.stringify(body ?? null)];
}

/** Deletes answers after 24 hours. */
@Injectable()
export class IdempotencyPurgeJob extends PurgeJob {
  constructor(idempotency: IdempotencyService) {
    super({ 'idempotency keys': idempotency });
  }
}
