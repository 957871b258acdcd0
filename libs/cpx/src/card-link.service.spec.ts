import type { IdentityLinkService } from '@portillon/auth';
import type { RedeemableTicket, Session, TicketService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { CardCheckService } from './card-check.service';
import { CardProof, proofOf } from './card-evidence';
import { CardLinkService } from './card-link.service';
import { CARD, CLIENT } from './testing/presented';

const SESSION = { id: 'session', accountId: 'claire', means: 'password' } as Session;
const TICKET: RedeemableTicket<CardProof> = { id: 'ticket', content: proofOf(CARD), expiresAt: new Date(0) };

describe('a card that is to be linked', () => {
  it('is linked with a ticket that is used up in the same transaction', async () => {
    const steps = new Steps();
    const service = new CardLinkService(
      steps.of<CardCheckService>('check', { requireOffered: () => undefined }),
      steps.of<TicketService>('tickets', { find: async () => TICKET as never, redeem: async () => true }),
      steps.of<IdentityLinkService>('identities', {
        requirePassword: async () => undefined,
        link: (_session, _proven, presented) => steps.transactions.run((tx) => presented!.consume!(tx)),
      }),
    );
    expect(await service.linkTicket(SESSION, 'sealed', 'b', CLIENT)).toBe(CARD.nationalId);
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
