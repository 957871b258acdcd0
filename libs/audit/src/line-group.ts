/** At most this many lines in one statement. */
const MOST = 16;

interface Waiting<Line> {
  line: Line;
  written: () => void;
  failed: (error: unknown) => void;
}

/**
 * Writes lines that come while others are being written in one statement, one commit for all, as a database does with
 * its own log. Nobody waits for company: a lone line is written at once, and is on disk when its promise resolves.
 */
export class LineGroup<Line> {
  readonly #waiting: Waiting<Line>[] = [];
  #writing = false;

  constructor(private readonly write: (lines: Line[]) => Promise<unknown>) {}

  add(line: Line): Promise<void> {
    return new Promise((written, failed) => {
      this.#waiting.push({ line, written, failed });
      if (!this.#writing) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) await this.#writeSome(this.#waiting.splice(0, MOST));
    this.#writing = false;
  }

  async #writeSome(some: Waiting<Line>[]): Promise<void> {
    try {
      await this.write(some.map((one) => one.line));
      for (const one of some) one.written();
    } catch (error) {
      for (const one of some) one.failed(error);
    }
  }
}
