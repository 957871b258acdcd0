import type { Account, AccountService } from '@portillon/account';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { CodeDeliveryService } from './code-delivery.service';
import type { CodeRequest, PendingCode } from './code-delivery.types';
import { CodeResendService } from './code-resend.service';
import type { SignInPolicy } from './sign-in.policy';
import { CLAIRE, CLIENT } from './testing/sign-in.fixture';

const SIGN_IN = { id: 'sign-in', accountId: 'claire' } as PendingSignIn;
const PENDING = { messageId: 'message' } as PendingCode;

function resending({ inProgress = true, admitted = true, forbidden = false } = {}) {
  const steps = new Steps();
  const issued: CodeRequest[] = [];
  const service = new CodeResendService(
    steps.of<PendingSignInService>('signIns', { find: async () => (inProgress ? SIGN_IN : undefined) }),
    steps.of<AccountService>('accounts', { get: async () => CLAIRE }),
    {
      admits: (account: Account | undefined): account is Account => Boolean(account) && admitted,
      forbids: () => forbidden,
    } as unknown as SignInPolicy,
    steps.of<CodeDeliveryService>('codes', {
      countedSend: (_, work) => work(),
      issue: async (request: CodeRequest) => {
        issued.push(request);
        return PENDING;
      },
      deliver: async (pending) => pending,
    }),
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
      'accounts.get',
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
