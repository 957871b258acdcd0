import type { SqlValue } from '@portillon/persistence';

/** At most this many lines in one statement. */
const MOST = 16;

interface Waiting {
  line: SqlValue[];
  written: () => void;
  failed: (error: unknown) => void;
}

/**
 * Writes lines that come while others are being written in one statement, one commit for all, as a database does with
 * its own log. Nobody waits for company: a lone line is written at once, and is on disk when its promise resolves.
 */
export class LineGroup {
  readonly #waiting: Waiting[] = [];
  #writing = false;

  constructor(private readonly write: (lines: SqlValue[][]) => Promise<unknown>) {}

  add(line: SqlValue[]): Promise<void> {
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

  async #writeSome(some: Waiting[]): Promise<void> {
    try {
      await this.write(some.map((one) => one.line));
      for (const one of some) one.written();
    } catch (error) {
      for (const one of some) one.failed(error);
    }
  }
}
