import { Injectable } from '@nestjs/common';
import type { Client } from '@portillon/http';
import { Clock, HOUR, Keyring, SECOND, tooMany } from '@portillon/kernel';
import { Limit, RateLimiter } from '@portillon/rate-limit';
import { hitOfBlock } from './send-limits';

/** From so many failures of an address block in an hour, one try in so long (policy: 100 per hour, then growing delay). */
const PACES = [
  { failures: 200, everyMs: 60 * SECOND },
  { failures: 150, everyMs: 30 * SECOND },
  { failures: 100, everyMs: 10 * SECOND },
];
const MOST = 200;
const perHour = (max: number): Limit => ({ name: 'failure.block.hour', max, windowMs: HOUR });
const onceIn = (windowMs: number): Limit => ({ name: 'failure.block.pace', max: 1, windowMs });

/**
 * The failures of one address block, whatever it failed at. A hospital is one block: past the bound its people must wait
 * in turn, and are not shut out for the hour by whoever guesses from there.
 */
@Injectable()
export class BlockFailures {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  async count(client: Client): Promise<void> {
    await this.limiter.hit([hitOfBlock(perHour(MOST), client, this.keyring)]);
  }

  /** @throws AppError `attempts.exceeded` when the block failed often and the turn is not its own. */
  async requireTurn(client: Client): Promise<void> {
    if (!(await this.#reached(client, PACES.at(-1)!.failures))) return;
    const pace = await this.#pace(client);
    const over = await this.limiter.hit([hitOfBlock(onceIn(pace), client, this.keyring)]);
    if (over) throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`);
  }

  async #pace(client: Client): Promise<number> {
    for (const { failures, everyMs } of PACES) if (await this.#reached(client, failures)) return everyMs;
    return PACES.at(-1)!.everyMs;
  }

  async #reached(client: Client, failures: number): Promise<boolean> {
    return Boolean(await this.limiter.peek([hitOfBlock(perHour(failures), client, this.keyring)]));
  }
}
