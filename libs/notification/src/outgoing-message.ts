import type { Message } from './message.types';

/**
 * A message that stands in the outbox. One for now is in the hand of its writer alone, and given out once, so that two
 * calls never send it twice.
 */
export class OutgoingMessage {
  #message: Message | undefined;

  constructor(
    readonly id: string,
    /** After this instant it is not sent. */
    readonly usefulUntil: Date,
    message?: Message,
    /** The message that it stands in for: an SMS leaves by another provider than that one. */
    readonly replaces?: string,
  ) {
    this.#message = message;
  }

  /** The message, to the first call; nothing to any other, and of one for later. */
  take(): Message | undefined {
    const message = this.#message;
    this.#message = undefined;
    return message;
  }
}
