import type { Message } from './message';

export interface HeldMessage {
  message: Message;
  /** When the claim ends. */
  endsAt: Date;
  /** After this instant the message is of no use. */
  expiresAt: Date;
}

/** More than any process has between a commit and a sending; what is dropped is never sent. */
const MOST = 10_000;

/** Messages that this process put in the outbox and is about to send: in memory, so that sending reads nothing. */
export class HeldMessages {
  readonly #messages = new Map<string, HeldMessage>();

  hold(id: string, held: HeldMessage): void {
    if (this.#messages.size >= MOST) this.#messages.delete(this.#messages.keys().next().value!);
    this.#messages.set(id, held);
  }

  /** Gives a message once. */
  take(id: string): HeldMessage | undefined {
    const held = this.#messages.get(id);
    this.#messages.delete(id);
    return held;
  }

  /** Drops what was held until `now` or less, and gives the ids. */
  takeEnded(now: Date): string[] {
    const ended = [...this.#messages].filter(([, held]) => held.endsAt <= now).map(([id]) => id);
    for (const id of ended) this.#messages.delete(id);
    return ended;
  }

  takeAll(): string[] {
    const ids = [...this.#messages.keys()];
    this.#messages.clear();
    return ids;
  }
}
