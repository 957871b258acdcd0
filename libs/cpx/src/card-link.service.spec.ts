import type { IdentityLinkService } from '@portillon/auth';
import { AppError } from '@portillon/kernel';
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

  const link = ({
    ticket = TICKET as typeof TICKET | undefined,
    isRedeemed = true,
    byPassword = true,
  } = {}) =>
    new CardLinkService(
      steps.of<CardCheckService>('check', { requireOffered: () => undefined }),
      steps.of<TicketService>('tickets', {
        find: async () => ticket as never,
        redeem: async () => isRedeemed,
      }),
      steps.of<IdentityLinkService>('identities', {
        requirePassword: async () => {
          if (!byPassword) throw new AppError('password.required');
        },
        link: (_session, _proven, presented) => steps.transactions.run((tx) => presented!.consume!(tx)),
      }),
    ).linkTicket(SESSION, 'sealed', 'b', CLIENT);

  it('is linked with a ticket that is used up in the same transaction', async () => {
    expect(await link()).toBe(CARD.nationalId);
    expect(steps.taken).toContain('check.requireOffered');
    expect(steps.taken).toContain('tickets.redeem(tx)');
  });

  it('is not linked in a session without password, whose ticket stays', async () => {
    await expect(link({ byPassword: false })).rejects.toMatchObject({ code: 'password.required' });
    expect(steps.taken).not.toContain('tickets.redeem(tx)');
  });

  it('is not linked with the ticket of another browser', async () => {
    const refused = link({ ticket: null as never });
    await expect(refused).rejects.toMatchObject({ code: 'token.rejected' });
  });

  it('is not linked with a ticket that another caller has just used', async () => {
    await expect(link({ isRedeemed: false })).rejects.toMatchObject({ code: 'token.rejected' });
  });
});
