/** What ends a statement that nobody answers. */
type GiveUp = () => void;

const LOOK_EVERY_MS = 500;

/**
 * Gives up statements that have waited too long: one timer for all of them, because mysql2's own, one for each,
 * costs about as much as preparing to send the statement.
 */
export class StatementWatch {
  readonly #waiting = new Map<GiveUp, number>();
  #timer?: NodeJS.Timeout;

  constructor(private readonly limitMs: number) {}

  /** Calls `giveUp` when {@link answered} has not been called with it before the limit. */
  expect(giveUp: GiveUp): void {
    this.#waiting.set(giveUp, performance.now() + this.limitMs);
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  answered(giveUp: GiveUp): void {
    this.#waiting.delete(giveUp);
  }

  /** Entries are in the order of their deadlines, since all wait equally long. */
  #look(): void {
    const now = performance.now();
    for (const [giveUp, deadline] of this.#waiting) {
      if (deadline > now) break;
      this.#waiting.delete(giveUp);
      giveUp();
    }
    if (this.#waiting.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
