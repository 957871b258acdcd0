import type { Readable } from 'node:stream';

interface MessageSource {
  createReadStream(options?: object): Readable;
}

/** The part of nodemailer's mail that its plugins see. */
export interface OutgoingMail {
  data: { handOver?: HandOver };
  message: MessageSource;
}

/**
 * Knows whether the transport has begun to take the message: an SMTP connection reads its first byte when the relay
 * has said 354, and not before. Nodemailer's own errors do not tell.
 */
export class HandOver {
  #streams: Readable[] = [];

  get begun(): boolean {
    return this.#streams.some((stream) => stream.readableDidRead);
  }

  /** Follows every stream that `message` gives: a pool asks for one per connection it tries. */
  follow(message: MessageSource): void {
    const create = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const stream = create(options);
      this.#streams.push(stream);
      return stream;
    };
  }
}

/** Nodemailer plugin for the step `stream`. */
export function followHandOver(mail: OutgoingMail, done: () => void): void {
  mail.data.handOver?.follow(mail.message);
  done();
}
