import type { Readable } from 'node:stream';

interface MessageSource {
  createReadStream(options?: object): Readable;
}

/** The part of nodemailer's mail that plugins receive. */
export interface OutgoingMail {
  data: { dataPhase?: DataPhase };
  message: MessageSource;
}

/**
 * Whether the relay accepted DATA (354): only then does an SMTP connection read the first byte of the message.
 * Nodemailer's own errors do not show it.
 */
export class DataPhase {
  #streams: Readable[] = [];

  get begun(): boolean {
    return this.#streams.some((stream) => stream.readableDidRead);
  }

  /** Follows every stream that `message` creates: a pool creates one for each connection that it tries. */
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
export function followData(mail: OutgoingMail, done: () => void): void {
  mail.data.dataPhase?.follow(mail.message);
  done();
}
