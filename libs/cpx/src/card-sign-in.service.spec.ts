import type { FederatedSignInService } from '@portillon/auth';
import type { IpThrottleService } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import type { TicketService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import type { CardCheckService } from './card-check.service';
import { CardSignInService } from './card-sign-in.service';
import { CARD, CLIENT, REQUEST } from './testing/card.fixture';

describe('a sign-in with a card', () => {
  let steps: Steps;
  let counted: string[];

  beforeEach(() => {
    steps = new Steps();
    counted = [];
  });

  interface Changes {
    federated?: Partial<FederatedSignInService>;
    throttled?: boolean;
  }
  const service = ({ federated = {}, throttled }: Changes) =>
    new CardSignInService(
      steps.of<CardCheckService>('check', {
        requireCard: async () => CARD,
        requireOffered: () => undefined,
      }),
      steps.of<IpThrottleService>('throttle', {
        enforce: async () => {
          if (throttled) throw new AppError('attempts.exceeded');
        },
        countFailure: async (kind) => void counted.push(kind),
      }),
      steps.of<FederatedSignInService>('federated', federated),
      steps.of<TicketService>('tickets', { find: async () => undefined }),
    );

  it.each([
    ['no account is theirs', new AppError('account.not-linked'), ['card']],
    ['the database is busy', new AppError('service.busy'), []],
  ])('counts against the address when %s, or not', async (_, refusal, kinds) => {
    const federated = { signIn: () => Promise.reject(refusal) };
    await expect(service({ federated }).open(REQUEST as FastifyRequest)).rejects.toBe(refusal);
    expect(counted).toEqual(kinds);
  });

  it('looks at no ticket of an address whose turn it is not', async () => {
    await expect(service({ throttled: true }).redeem('sealed', 'b', CLIENT)).rejects.toMatchObject({
      code: 'attempts.exceeded',
    });
    expect(steps.taken).not.toContain('tickets.find');
  });
});
