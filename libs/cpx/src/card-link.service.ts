import { Injectable } from '@nestjs/common';
import { IdentityLinkService } from '@portillon/auth';
import { Client, clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { IssuedTicket, Session, TicketService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { CardCheckService } from './card-check.service';
import { CardProof, proofOf } from './card.types';

const MEANS = 'cpx';
const PURPOSE = 'card-link';

/** Links the account of the signed-in user to the card that they present, once. */
@Injectable()
export class CardLinkService {
  constructor(
    private readonly check: CardCheckService,
    private readonly tickets: TicketService,
    private readonly identities: IdentityLinkService,
  ) {}

  /** The card's own origin has no session: the ticket identifies the card, the session identifies the account. */
  async issueTicket(request: FastifyRequest): Promise<IssuedTicket> {
    return this.tickets.issue(PURPOSE, proofOf(await this.check.requireCard(request)));
  }

  /**
   * The card is in this very request.
   *
   * @throws AppError as {@link CardCheckService.requireCard}, `password.required`, `account.already-linked`
   */
  async linkPresented(session: Session, request: FastifyRequest): Promise<string> {
    const client = clientOf(request);
    await this.identities.requirePassword(session, { means: MEANS, client });
    const proof = proofOf(await this.check.requireCard(request));
    await this.identities.link(session, { means: MEANS, ...proof, client });
    return proof.nationalId;
  }

  /** @throws AppError `token.rejected`, `password.required`, `account.already-linked` */
  async linkTicket(
    session: Session,
    ticket: string,
    browserToken: string | undefined,
    client: Client,
  ): Promise<string> {
    this.check.requireOffered();
    await this.identities.requirePassword(session, { means: MEANS, client });
    const found = await this.tickets.find<CardProof>(PURPOSE, ticket, browserToken);
    if (!found) throw tokenRejected();
    const proven = { means: MEANS, ...found.content, client } as const;
    const consume = (tx: EntityManager) => this.tickets.redeem(found, tx);
    if (!(await this.identities.link(session, proven, { consume }))) throw tokenRejected();
    return found.content.nationalId;
  }
}

function tokenRejected(): AppError {
  return new AppError('token.rejected');
}
