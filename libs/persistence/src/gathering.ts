/** Nobody waits longer than that for a batch that does not come back: it may wait for a lock that is not theirs. */
const PATIENCE_MS = 20;

/** For a batch whose answers were told one by one. */
export const told = (): void => {};

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
    /** So many go together at most. */
    private readonly most: number,
    /** Has a batch answered; never fails. What it gives tells the answers to those who asked. */
    private readonly answer: (batch: Item[]) => Promise<() => void>,
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
    while (this.freeLanes > 0 && this.#waiting.length > 0) void this.#send(this.most);
    this.#plan();
  };

  readonly #sendBeyond = (): void => {
    this.#patience = undefined;
    if (this.#waiting.length > 0) void this.#send(this.most);
    this.#plan();
  };

  async #send(most: number): Promise<void> {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.freeLanes--;
    const batch = this.#waiting.splice(0, most);
    const tell = await this.answer(batch);
    this.freeLanes++;
    this.#sendNext(batch.length);
    tell();
    this.#plan();
  }

  /**
   * Before the answers of a batch are told the next one leaves, so that the server works on it while they are used; and
   * it is half of them both, or the two would stay as unlike as they are and one side always wait for the other.
   */
  #sendNext(returned: number): void {
    if (this.freeLanes <= 0 || this.#waiting.length === 0) return;
    void this.#send(Math.min(this.most, Math.ceil((this.#waiting.length + returned) / 2)));
  }
}
