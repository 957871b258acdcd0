import { Injectable } from '@nestjs/common';
import { AttemptKind, IpThrottleService } from '@portillon/access';
import { FederatedSignInService, OpenedSession, VerifiedIdentity } from '@portillon/auth';
import { Client, clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { IssuedTicket, RedeemableTicket, TicketService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { CardCheckService } from './card-check.service';
import { CardProof, proofOf } from './card.types';

/** The `session.acr` of a card: an authentication certificate of IGC-Santé, presented in TLS by its holder. */
const CARD_ACR = 'urn:portillon:acr:cpx';
/** RFC 8176: a smart card. */
const AMR = ['sc'];
const PURPOSE = 'card-sign-in';

/** A sign-in with a card: at one origin in one step, or across two with a ticket. */
@Injectable()
export class CardSignInService {
  constructor(
    private readonly check: CardCheckService,
    private readonly throttle: IpThrottleService,
    private readonly federatedSignIn: FederatedSignInService,
    private readonly tickets: TicketService,
  ) {}

  /** @throws AppError `certificate.missing`, `certificate.rejected`, `account.not-linked`, `attempts.exceeded` */
  async open(request: FastifyRequest): Promise<OpenedSession> {
    const identity = identityOf(proofOf(await this.check.requireCard(request)), clientOf(request));
    // Nothing was to be used up, so that it was not used before.
    return this.#counted('card', identity.client, async () => (await this.federatedSignIn.signIn(identity))!);
  }

  /** Like {@link open}, for the pages' origin to finish: nothing is open yet. */
  async issueTicket(request: FastifyRequest): Promise<IssuedTicket> {
    const proof = proofOf(await this.check.requireCard(request));
    const client = clientOf(request);
    await this.#counted('card', client, () => this.federatedSignIn.admit(identityOf(proof, client)));
    return this.tickets.issue(PURPOSE, proof);
  }

  /** @throws AppError `token.rejected` when the ticket is not this browser's, was used or is over */
  async redeem(ticket: string, browserToken: string | undefined, client: Client): Promise<OpenedSession> {
    this.check.requireOffered();
    await this.throttle.enforce('ticket', client);
    return this.#counted('ticket', client, async () => {
      const found = await this.tickets.find<CardProof>(PURPOSE, ticket, browserToken);
      return (found && (await this.#open(found, client))) ?? this.#refuseTicket(client);
    });
  }

  /** In the transaction that opens the session: the caller that comes second finds it used, and its session is undone. */
  #open(ticket: RedeemableTicket<CardProof>, client: Client): Promise<OpenedSession | undefined> {
    const consume = (tx: EntityManager) => this.tickets.redeem(ticket, tx);
    return this.federatedSignIn.signIn(identityOf(ticket.content, client), { consume });
  }

  async #refuseTicket(client: Client): Promise<never> {
    await this.check.record(client, 'ticket-not-good');
    throw new AppError('token.rejected');
  }

  /** A refusal counts against its address block, whatever it was for. */
  async #counted<Result>(kind: AttemptKind, client: Client, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof AppError && error.code !== 'service.busy')
        await this.throttle.countFailure(kind, client);
      throw error;
    }
  }
}

function identityOf({ nationalId, evidence }: CardProof, client: Client): VerifiedIdentity {
  return { means: 'cpx', nationalId, acr: CARD_ACR, amr: AMR, client, evidence };
}
