import type { IdentityLinkService } from '@portillon/auth';
import type { RedeemableTicket, Session, TicketService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { CardCheckService } from './card-check.service';
import { CardProof, proofOf } from './card.types';
import { CardLinkService } from './card-link.service';
import { CARD, CLIENT } from './testing/card.fixture';

const SESSION = { id: 'session', accountId: 'claire', means: 'password' } as Session;
const TICKET: RedeemableTicket<CardProof> = { id: 'ticket', content: proofOf(CARD), expiresAt: new Date(0) };

describe('a card that is to be linked', () => {
  let steps: Steps;
  beforeEach(() => {
    steps = new Steps();
  });

  const link = ({ ticket = TICKET as typeof TICKET | undefined, isRedeemed = true } = {}) =>
    new CardLinkService(
      steps.of<CardCheckService>('check', { requireOffered: () => undefined }),
      steps.of<TicketService>('tickets', {
        find: async () => ticket as never,
        redeem: async () => isRedeemed,
      }),
      steps.of<IdentityLinkService>('identities', {
        requirePassword: async () => undefined,
        link: (_session, _proven, presented) => steps.transactions.run((tx) => presented!.consume!(tx)),
      }),
    ).linkTicket(SESSION, 'sealed', 'b', CLIENT);

  it('is linked with a ticket that is used up in the same transaction', async () => {
    expect(await link()).toBe(CARD.nationalId);
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

  it('is not linked with the ticket of another browser', async () => {
    const refused = link({ ticket: null as never });
    await expect(refused).rejects.toMatchObject({ code: 'token.rejected' });
  });

  it('is not linked with a ticket that another caller has just used', async () => {
    await expect(link({ isRedeemed: false })).rejects.toMatchObject({ code: 'token.rejected' });
  });
});
