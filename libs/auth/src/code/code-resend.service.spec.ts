import type { AccountService } from '@portillon/account';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CLIENT, Steps } from '@portillon/testing';
import { CodeResendService } from './code-resend.service';
import { CLAIRE, PENDING, codesOf, policyOf } from '../testing/sign-in.fixture';

const SIGN_IN = { id: 'sign-in', accountId: 'claire' } as PendingSignIn;

function resending({ inProgress = true, admitted = true, forbidden = false } = {}) {
  const steps = new Steps();
  const { codes, issued } = codesOf(steps);
  const service = new CodeResendService(
    steps.of<PendingSignInService>('signIns', { find: async () => (inProgress ? SIGN_IN : undefined) }),
    steps.of<AccountService>('accounts', { getForSignIn: async () => CLAIRE }),
    policyOf({ admitted, forbidden }),
    codes,
    steps.transactions,
  );
  return { steps, issued, resend: () => service.resend('token', 'EMAIL', CLIENT) };
}

describe('another code for a sign-in', () => {
  it('is counted, written in a transaction, and sent once that is committed', async () => {
    const { steps, issued, resend } = resending();
    expect(await resend()).toBe(PENDING);
    expect(steps.taken).toEqual([
      'signIns.find',
      'accounts.getForSignIn',
      'codes.countedSend',
      'begin',
      'codes.issue(tx)',
      'commit',
      'codes.deliver',
    ]);
    expect(issued).toMatchObject([{ purpose: 'sign-in', binding: 'sign-in', channel: 'EMAIL' }]);
  });

  it.each([
    ['without a sign-in in progress', { inProgress: false }],
    ['to who was deactivated since the password', { admitted: false }],
    ['where the structure now wants another means', { forbidden: true }],
  ])('is not sent %s', async (_, state) => {
    const { steps, resend } = resending(state);
    await expect(resend()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(steps.taken).not.toContain('codes.countedSend');
  });
});
