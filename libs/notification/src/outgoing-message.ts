import type { Message } from './message.types';

/**
 * A message in the outbox. An immediate one is held by its writer alone and taken once, so that two calls never send
 * it twice.
 */
export class OutgoingMessage {
  #message: Message | undefined;

  constructor(
    readonly id: string,
    /** After this instant it is not sent. */
    readonly usefulUntil: Date,
    message?: Message,
    /** The message that it replaces: an SMS leaves by another provider than that one. */
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
