/** Nobody waits longer than that for a batch that does not come back: it may wait for a lock that is not theirs. */
const PATIENCE_MS = 20;

/** So long waits what seeks company before it leaves alone. */
const COMPANY_MS = 1;

/** For a batch whose answers were told one by one. */
export const told = (): void => {};

/**
 * Gathers what is asked for in one turn of the event loop, and while every lane is busy, into batches. A batch is closed
 * before it leaves: who asks from then on joins the next one.
 */
export class Gathering<Item> {
  readonly #waiting: Item[] = [];
  /** Whether somebody of those who wait would leave alone. */
  #pressing = false;
  #due = false;
  #patience?: NodeJS.Timeout;
  #company?: NodeJS.Timeout;

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
    this.#press();
  }

  /** For who is in no hurry: goes with the next batch that leaves, and is as if added a millisecond later. */
  join(item: Item): void {
    this.#waiting.push(item);
    this.#company ??= setTimeout(this.#press, COMPANY_MS);
  }

  readonly #press = (): void => {
    this.#pressing = true;
    this.#plan();
  };

  #plan(): void {
    if (this.#due || !this.#pressing) return;
    if (this.freeLanes <= 0) return this.#wait();
    this.#due = true;
    setImmediate(this.#sendAll);
  }

  #wait(): void {
    this.#patience ??= setTimeout(this.#sendBeyond, PATIENCE_MS).unref();
  }

  readonly #sendAll = (): void => {
    this.#due = false;
    while (this.freeLanes > 0 && this.#pressing) void this.#send(this.most);
    this.#plan();
  };

  readonly #sendBeyond = (): void => {
    this.#patience = undefined;
    if (this.#pressing) void this.#send(this.most);
    this.#plan();
  };

  async #send(most: number): Promise<void> {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.freeLanes--;
    const batch = this.#take(most);
    const tell = await this.answer(batch);
    this.freeLanes++;
    this.#sendNext(batch.length);
    tell();
    this.#plan();
  }

  #take(most: number): Item[] {
    const batch = this.#waiting.splice(0, most);
    if (this.#waiting.length > 0) return batch;
    this.#pressing = false;
    clearTimeout(this.#company);
    this.#company = undefined;
    return batch;
  }

  /**
   * Before the answers of a batch are told the next one leaves, so that the server works on it while they are used; and
   * it is half of them both, or the two would stay as unlike as they are and one side always wait for the other.
   */
  #sendNext(returned: number): void {
    if (this.freeLanes <= 0 || !this.#pressing) return;
    void this.#send(Math.min(this.most, Math.ceil((this.#waiting.length + returned) / 2)));
  }
}
