import type { AddressInfo, Server } from 'node:net';
import { createRequire } from 'node:module';
import type { Pdu, Session, Smpp } from './smpp.types';

const { createServer } = createRequire(__filename)('smpp') as Smpp;

/** Later report on a message (SMPP 3.4, appendix B), or `REFUSED` for a message that was not accepted. */
export type SmppState = 'DELIVRD' | 'UNDELIV' | 'EXPIRED' | 'REJECTD' | 'REFUSED';

export interface SmppMessage {
  from: string;
  to: string;
  text: string;
}

/** ESME_RSUBMITFAIL. */
const REFUSED = 0x45;
/** `esm_class` of a delivery receipt. */
const RECEIPT = 0x04;

/** A mobile operator's SMPP server: accepts every message of a bound client, and reports the result of each. */
export class SmppServer {
  readonly messages: SmppMessage[] = [];
  state: SmppState = 'DELIVRD';
  readonly #sessions = new Set<Session>();
  readonly #server: Server = createServer((session) => this.#serve(session));

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    for (const session of this.#sessions) session.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(session: Session): void {
    this.#sessions.add(session);
    const answer = (pdu: Pdu) => session.send(pdu.response());
    // A killed client does not unbind.
    session.on('error', () => session.close());
    session.on('bind_transceiver', answer).on('enquire_link', answer).on('unbind', answer);
    session.on('submit_sm', (pdu) => this.#take(session, pdu));
  }

  #take(session: Session, pdu: Pdu): void {
    const { source_addr: from, destination_addr: to, short_message: text } = pdu;
    const id = String(this.messages.push({ from, to, text: String(text.message) }));
    if (this.state === 'REFUSED') return session.send(pdu.response({ command_status: REFUSED }));
    session.send(pdu.response({ message_id: id }));
    const done = this.state === 'DELIVRD' ? '001' : '000';
    session.deliver_sm({
      esm_class: RECEIPT,
      source_addr: to,
      destination_addr: from,
      short_message: `id:${id} sub:001 dlvrd:${done} submit date:2603021612 done date:2603021613 stat:${this.state} err:000 text:`,
    });
  }
}
