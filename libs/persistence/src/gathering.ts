/** Nobody waits longer than that for a batch that does not come back: it may wait for a lock that is not theirs. */
const PATIENCE_MS = 20;

/**
 * Gathers what is asked for in one turn of the event loop, and while every lane is busy, into batches. A batch is closed
 * before it leaves: who asks from then on joins the next one.
 */
export class Gathering<Item> {
  readonly #waiting: Item[] = [];
  #due = false;
  #patience?: NodeJS.Timeout;

  constructor(
    /** So many batches may be on their way at a time. */
    private freeLanes: number,
    /** Takes a batch of the waiting, at least one, off their head. */
    private readonly take: (waiting: Item[]) => Item[],
    /** Answers a batch; never fails. */
    private readonly answer: (batch: Item[]) => Promise<void>,
  ) {}

  add(item: Item): void {
    this.#waiting.push(item);
    this.#plan();
  }

  #plan(): void {
    if (this.#due || this.#waiting.length === 0) return;
    if (this.freeLanes <= 0) return this.#wait();
    this.#due = true;
    setImmediate(this.#sendAll);
  }

  #wait(): void {
    this.#patience ??= setTimeout(this.#sendBeyond, PATIENCE_MS).unref();
  }

  readonly #sendAll = (): void => {
    this.#due = false;
    while (this.freeLanes > 0 && this.#waiting.length > 0) this.#send();
    this.#plan();
  };

  readonly #sendBeyond = (): void => {
    this.#patience = undefined;
    if (this.#waiting.length > 0) this.#send();
    this.#plan();
  };

  #send(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.freeLanes--;
    void this.answer(this.take(this.#waiting)).then(() => {
      this.freeLanes++;
      this.#plan();
    });
  }
}
