import type { NotificationService, Receipt } from '@portillon/notification';
import type { OtpService } from '@portillon/otp';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import { SESSION } from '../testing/sign-in.fixture';
import { CodeReceiptService } from './code-receipt.service';

const DELIVERED: Receipt = { delivery: 'delivered', at: new Date('2026-03-02T16:13:00Z') };
const UNKNOWN = { delivery: 'unconfirmed', at: null };

function receipts({ inProgress = true, challenge = 'challenge', kept = true } = {}) {
  const steps = new Steps();
  const asked: string[] = [];
  const service = new CodeReceiptService(
    steps.of<PendingSignInService>('signIns', {
      find: async () => (inProgress ? ({ id: 'sign-in' } as PendingSignIn) : undefined),
    }),
    steps.of<OtpService>('otp', {
      latestId: async (purpose, binding) => {
        asked.push(`${purpose} ${binding}`);
        return challenge || undefined;
      },
    }),
    steps.of<NotificationService>('notifications', {
      receiptOf: async (id) => {
        asked.push(id);
        return kept ? DELIVERED : undefined;
      },
    }),
  );
  return { service, asked };
}

describe('what is known of the message of a code', () => {
  it('is that of the latest code of this sign-in', async () => {
    const { service, asked } = receipts();
    expect(await service.ofSignIn('token')).toEqual(DELIVERED);
    expect(asked).toEqual(['sign-in sign-in', 'challenge']);
  });

  it('is that of the latest code of this session', async () => {
    const { service, asked } = receipts();
    expect(await service.ofSession(SESSION)).toEqual(DELIVERED);
    expect(asked).toEqual(['session session', 'challenge']);
  });

  it('is hidden without a sign-in in progress', async () => {
    const { service, asked } = receipts({ inProgress: false });
    await expect(service.ofSignIn('token')).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(asked).toEqual([]);
  });

  it.each([
    ['no code was asked for', { challenge: '' }],
    ['a server of the release before sent it', { kept: false }],
  ])('is nothing where %s', async (_, state) => {
    expect(await receipts(state).service.ofSignIn('token')).toEqual(UNKNOWN);
  });
});
