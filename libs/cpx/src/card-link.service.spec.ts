import type { IdentityLinkService } from '@portillon/auth';
import { AppError } from '@portillon/kernel';
import type { RedeemableTicket, Session, TicketService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { CardCheckService } from './card-check.service';
import { CardProof, proofOf } from './card-evidence';
import { CardLinkService } from './card-link.service';
import { CARD, CLIENT } from './testing/presented';

const SESSION = { id: 'session', accountId: 'claire', means: 'password' } as Session;
const TICKET: RedeemableTicket<CardProof> = { id: 'ticket', content: proofOf(CARD), expiresAt: new Date(0) };

describe('a card that is to be linked', () => {
  let steps: Steps;
  beforeEach(() => {
    steps = new Steps();
  });

  interface Changes {
    mayLink?: boolean;
    ticket?: RedeemableTicket<CardProof> | null;
    redeemed?: boolean;
  }
  const service = ({ mayLink = true, ticket = TICKET, redeemed = true }: Changes = {}) =>
    new CardLinkService(
      steps.of<CardCheckService>('check', {
        requireCard: async () => CARD,
        requireOffered: () => undefined,
      }),
      steps.of<TicketService>('tickets', {
        issue: () => ({ ticket: 'sealed', browserToken: 'b' }),
        find: async () => (ticket ?? undefined) as never,
        redeem: async () => redeemed,
      }),
      steps.of<IdentityLinkService>('identities', {
        requirePassword: async () => {
          if (!mayLink) throw new AppError('password.required');
        },
        link: (_session, _proven, presented = {}) =>
          steps.transactions.run(async (tx) => !presented.consume || presented.consume(tx)),
      }),
    );

  it('is linked with a ticket that is used up in the same transaction', async () => {
    expect(await service().linkTicket(SESSION, 'sealed', 'b', CLIENT)).toBe(CARD.nationalId);
    expect(steps.taken).toEqual([
      'check.requireOffered',
      'identities.requirePassword',
      'tickets.find',
      'identities.link',
      'begin',
      'tickets.redeem(tx)',
      'commit',
    ]);
  });
});
