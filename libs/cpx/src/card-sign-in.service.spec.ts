import type { FederatedSession, FederatedSignInService } from '@portillon/auth';
import type { IpThrottleService } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import type { RedeemableTicket, Session, TicketService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import type { CardCheckService } from './card-check.service';
import { CardProof, proofOf } from './card-evidence';
import { CardSignInService } from './card-sign-in.service';
import { CARD, CLIENT, REQUEST } from './testing/presented';

const OPENED = { session: {} as Session, sessionToken: 't' } as FederatedSession;
const TICKET: RedeemableTicket<CardProof> = { id: 'ticket', content: proofOf(CARD), expiresAt: new Date(0) };

describe('a sign-in with a card', () => {
  let steps: Steps;
  let counted: string[];

  beforeEach(() => {
    steps = new Steps();
    counted = [];
  });

  interface Changes {
    check?: Partial<CardCheckService>;
    federated?: Partial<FederatedSignInService>;
    ticket?: RedeemableTicket<CardProof> | null;
    redeemed?: boolean;
    throttled?: boolean;
  }
  const service = ({ check, federated, ticket = TICKET, redeemed = true, throttled }: Changes = {}) =>
    new CardSignInService(
      steps.of<CardCheckService>('check', {
        requireCard: async () => CARD,
        requireOffered: () => undefined,
        record: async () => undefined,
        ...check,
      }),
      steps.of<IpThrottleService>('throttle', {
        enforce: async () => {
          if (throttled) throw new AppError('attempts.exceeded');
        },
        countFailure: async (kind) => void counted.push(kind),
      }),
      steps.of<FederatedSignInService>('federated', {
        admit: async () => OPENED.account,
        signIn: (_, presented = {}) =>
          steps.transactions.run(async (tx) =>
            !presented.consume || (await presented.consume(tx)) ? OPENED : undefined,
          ),
        ...federated,
      }),
      steps.of<TicketService>('tickets', {
        issue: () => ({ ticket: 'sealed', browserToken: 'b' }),
        find: async () => (ticket ?? undefined) as never,
        redeem: async () => redeemed,
      }),
    );

  it.each([
    ['no account is theirs', new AppError('account.not-linked'), ['card']],
    ['the database is busy', new AppError('service.busy'), []],
  ])('counts against the address when %s, or not', async (_, refusal, kinds) => {
    const federated = { signIn: () => Promise.reject(refusal) };
    await expect(service({ federated }).open(REQUEST as FastifyRequest)).rejects.toBe(refusal);
    expect(counted).toEqual(kinds);
  });

  it('uses the ticket up in the transaction of the session', async () => {
    expect(await service().redeem('sealed', 'b', CLIENT)).toBe(OPENED);
    expect(steps.taken).toEqual([
      'check.requireOffered',
      'throttle.enforce',
      'tickets.find',
      'federated.signIn',
      'begin',
      'tickets.redeem(tx)',
      'commit',
    ]);
  });

  it('looks at no ticket of an address whose turn it is not', async () => {
    await expect(service({ throttled: true }).redeem('sealed', 'b', CLIENT)).rejects.toMatchObject({
      code: 'attempts.exceeded',
    });
    expect(steps.taken).not.toContain('tickets.find');
  });
});
