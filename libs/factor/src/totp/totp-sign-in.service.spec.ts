import type { CompletedSignIn, GivenFactor, SignInCompletionService } from '@portillon/auth';
import { AppError } from '@portillon/kernel';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CLIENT, Steps } from '@portillon/testing';
import type { TotpCheckService } from './totp-check.service';
import { TotpSignInService } from './totp-sign-in.service';
import { SESSION, SIGN_IN } from '../testing/totp.fixture';

const COMPLETED: CompletedSignIn = { session: SESSION, sessionToken: 's', browserToken: 't' };

interface World {
  signIn?: PendingSignIn | null;
  failure?: AppError;
}

function signingIn({ signIn = SIGN_IN, failure }: World = {}) {
  const steps = new Steps();
  const service = new TotpSignInService(
    steps.of<PendingSignInService>('signIns', { find: async () => signIn ?? undefined }),
    steps.of<TotpCheckService>('checks', {
      require: async () => ({}) as GivenFactor,
      settle: (_person, _client, opened) => opened,
    }),
    steps.of<SignInCompletionService>('completion', {
      complete: async () => (failure ? Promise.reject(failure) : COMPLETED),
    }),
  );
  const place = { client: CLIENT, rememberBrowser: true, browserCookie: undefined };
  return { steps, submit: () => service.submit({ ...place, signInToken: 'token', code: '482913' }) };
}

describe('the app step of a sign-in', () => {
  it('has the code checked, then opens all that it opens', async () => {
    const { steps, submit } = signingIn();
    expect(await submit()).toBe(COMPLETED);
    expect(steps.taken).toEqual(['signIns.find', 'checks.require', 'completion.complete', 'checks.settle']);
  });

  it('looks at no code, and counts none, without a sign-in in progress', async () => {
    const { steps, submit } = signingIn({ signIn: null });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(steps.taken).toEqual(['signIns.find']);
  });

  it('is over when the account may no longer enter', async () => {
    const { submit } = signingIn({ failure: new AppError('sign-in.required') });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
  });
});
