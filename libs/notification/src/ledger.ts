import type { Delivery, Outbox, Settlement } from './outbox';

/** At most this many settlements in one statement. */
const LARGEST = 32;
const RETRY_DELAY_MS = 1_000;

/**
 * Writes the ends of messages a little after the fact, many in one statement, off the way of the one who waits.
 * A crash before the write sends nothing twice: the row has been SENDING since it was inserted.
 */
export class Ledger {
  readonly #unwritten = new Map<string, Settlement>();
  #timer?: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(
    private readonly outbox: Outbox,
    private readonly delayMs: number,
    private readonly failed: (error: unknown) => void,
  ) {}

  settle(settlement: Settlement): void {
    this.#unwritten.set(settlement.id, settlement);
    if (this.#closed || this.#unwritten.size >= LARGEST) void this.flush();
    else this.#schedule(this.delayMs);
  }

  /** The end of a message that is not written yet. */
  find(id: string): Delivery | undefined {
    return this.#unwritten.get(id)?.delivery;
  }

  /** Writes what there is. What could not be written is kept for the next time. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then(() => this.#write()));
  }

  /** Writes what there is a last time; nothing more is written by itself. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
  }

  async #write(): Promise<void> {
    while (this.#unwritten.size > 0) {
      const batch = [...this.#unwritten.values()].slice(0, LARGEST);
      try {
        await this.outbox.settle(batch);
      } catch (error) {
        this.failed(error);
        return this.#schedule(RETRY_DELAY_MS);
      }
      for (const one of batch) this.#unwritten.delete(one.id);
    }
  }

  #schedule(delayMs: number): void {
    if (this.#closed) return;
    this.#timer ??= setTimeout(() => void this.flush(), delayMs);
  }
}
