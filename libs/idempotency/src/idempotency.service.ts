import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DAY, Keyring, Random, addMilliseconds } from '@portillon/kernel';
import { IdempotencyKeyRepository } from './idempotency-key.repository';
import type { KeptAnswer, KeyCheck, KeyedRequest } from './idempotency.types';

const PURPOSE = 'idempotency-key';
/** How long an answer can be had again. */
export const KEPT_MS = DAY;

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

  /** Takes the key, or says what became of the request that has it. */
  async begin(request: KeyedRequest): Promise<KeyCheck> {
    const id = idOf(request);
    const parts = partsOf(request);
    const requestDigest = this.keyring.digest(PURPOSE, parts);
    if (await this.keys.insert({ id, requestDigest, createdAt: this.clock.now() }))
      return { status: 'first', id };
    const known = await this.keys.find(id);
    // Released or purged between the two statements: the caller asks again.
    if (!known) return { status: 'in-progress' };
    if (!this.keyring.matches(known.requestDigest, PURPOSE, parts)) return { status: 'other-request' };
    if (known.sealedAnswer === null) return { status: 'in-progress' };
    return { status: 'answered', answer: this.#open(id, known.sealedAnswer) };
  }

  /** Keeps the answer for 24 hours from the beginning of the request. */
  async complete(id: string, answer: KeptAnswer): Promise<void> {
    await this.keys.complete(id, this.keyring.seal(PURPOSE, JSON.stringify({ id, answer }), this.random));
  }

  /** Nothing was created: the key may be used again. */
  async release(id: string): Promise<void> {
    await this.keys.release(id);
  }

  /** Deletes at most `batch` whose 24 hours are over: how many. */
  purge(batch: number): Promise<number> {
    return this.keys.deleteMadeBefore(addMilliseconds(this.clock.now(), -KEPT_MS), batch);
  }

  /** @throws Error when the answer is another key's: who writes to the database cannot swap answers. */
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
