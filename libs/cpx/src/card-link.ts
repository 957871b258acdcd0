import { Injectable } from '@nestjs/common';
import { Accounts } from '@portillon/account';
import { Audit } from '@portillon/audit';
import { audited, AuditedAct, Notices, personOf } from '@portillon/auth';
import { Client, clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Database, Statements } from '@portillon/persistence';
import { IssuedTicket, Session, Tickets } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { CardCheck } from './card-check';
import { CardProof, proofOf } from './card-evidence';

const PURPOSE = 'card-link';

/** Links the account of who is signed in to the card that they present, once. */
@Injectable()
export class CardLink {
  constructor(
    private readonly check: CardCheck,
    private readonly tickets: Tickets,
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly notices: Notices,
    private readonly audit: Audit,
  ) {}

  /** At the card's own origin, which knows no session: the ticket says which card, the session whose account. */
  async issueTicket(request: FastifyRequest): Promise<IssuedTicket> {
    return this.tickets.issue(PURPOSE, proofOf(await this.check.take(request)));
  }

  /** The card is in this very request. @throws AppError as {@link CardCheck.take}, `account.already-linked` */
  async linkPresented(session: Session, request: FastifyRequest): Promise<string> {
    const proof = proofOf(await this.check.take(request));
    return this.#link(session, proof, clientOf(request));
  }

  /** @throws AppError `token.rejected`, `account.already-linked` */
  async linkTicket(
    session: Session,
    ticket: string,
    browserToken: string | undefined,
    client: Client,
  ): Promise<string> {
    this.check.requireOffered();
    const found = await this.tickets.find<CardProof>(PURPOSE, ticket, browserToken);
    if (!found) throw new AppError('token.rejected', 'unauthenticated');
    return this.#link(session, found.content, client, found.id);
  }

  async #link(session: Session, proof: CardProof, client: Client, ticketId?: string): Promise<string> {
    const linked = await this.database.transaction(async (tx) => {
      if (ticketId && !(await this.tickets.redeem(ticketId, tx)))
        throw new AppError('token.rejected', 'unauthenticated');
      return this.#change(session, proof, client, tx);
    });
    if (linked) return proof.nationalId;
    const event = { name: 'card_link_fail', outcome: 'FAILURE', reason: 'already-linked' } as const;
    await this.#record(session, proof, client, event);
    throw new AppError('account.already-linked', 'conflict');
  }

  /** Guarded: an id that another account has, or another id of this account, is never overwritten. */
  async #change(session: Session, proof: CardProof, client: Client, tx: Statements): Promise<boolean> {
    const account = await this.accounts.get(session.accountId, tx);
    if (account?.nationalId === proof.nationalId) return true;
    if (!(await this.accounts.linkNationalId(session.accountId, proof.nationalId, tx))) return false;
    await this.notices.tell('identity-linked', { id: session.accountId }, { client }, tx);
    await this.#record(session, proof, client, { name: 'card_linked', outcome: 'SUCCESS' }, tx);
    return true;
  }

  #record(
    session: Session,
    proof: CardProof,
    client: Client,
    event: AuditedAct,
    at?: Statements,
  ): Promise<void> {
    const entry = { ...event, means: 'cpx', data: proof.evidence };
    return this.audit.record(audited(client, personOf(session), entry), at);
  }
}
