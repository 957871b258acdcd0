import type { CompletedSignIn, CompletionPlace, GivenFactor, SignInCompletionService } from '@portillon/auth';
import { AppError } from '@portillon/kernel';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CLIENT, Steps } from '@portillon/testing';
import type { RecoveryCodeCheckService } from './recovery-code-check.service';
import { RecoveryCodeSignInService } from './recovery-code-sign-in.service';
import { SESSION, SIGN_IN } from '../testing/recovery-code.fixture';

const COMPLETED: CompletedSignIn = { session: SESSION, sessionToken: 's' };

interface World {
  signIn?: PendingSignIn | null;
  failure?: AppError;
}

function signingIn({ signIn = SIGN_IN, failure }: World = {}) {
  const steps = new Steps();
  const places: CompletionPlace[] = [];
  const service = new RecoveryCodeSignInService(
    steps.of<PendingSignInService>('signIns', { find: async () => signIn ?? undefined }),
    steps.of<RecoveryCodeCheckService>('checks', {
      require: async () => ({}) as GivenFactor,
      settle: (_person, _client, opened) => opened,
    }),
    steps.of<SignInCompletionService>('completion', {
      complete: async (_signIn, _given, place) => {
        places.push(place);
        return failure ? Promise.reject(failure) : COMPLETED;
      },
    }),
  );
  const use = { signInToken: 'token', code: '7ZQK-0M4T-9RXB-2HWE', client: CLIENT };
  return { steps, places, submit: () => service.submit(use) };
}

describe('the step of a sign-in whose person has lost every other factor', () => {
  it('has the code checked, then opens a session in a browser that is not remembered', async () => {
    const { steps, places, submit } = signingIn();
    expect(await submit()).toBe(COMPLETED);
    const taken = ['signIns.find', 'checks.require', 'completion.complete', 'checks.settle'];
    expect(steps.taken).toEqual(taken);
    expect(places).toMatchObject([{ rememberBrowser: false }]);
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
