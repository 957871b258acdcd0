import type { Server } from 'node:net';

/** The part of `smpp` that the tests use; the package has no types. */
export interface Pdu {
  source_addr: string;
  destination_addr: string;
  short_message: { message: string | Buffer };
  registered_delivery: number;
  response(fields?: object): object;
}

export interface Session {
  on(event: 'bind_transceiver' | 'submit_sm' | 'unbind' | 'enquire_link', listener: (pdu: Pdu) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  send(pdu: object): void;
  deliver_sm(fields: object): void;
  close(): void;
}

export interface Smpp {
  createServer(listener: (session: Session) => void): Server;
}
