import { shallowRef } from 'vue';
import { ApiProblem } from '../../../api/problem';

type Act<Result> = (password?: string) => Promise<Result>;

interface Waiting {
  prove: (password: string) => Promise<void>;
  giveUp: () => void;
}

/**
 * An action for which the API may require the password. It is first sent without, since a recent sign-in suffices.
 * While `PasswordProofDialog.vue` asks for the password, the action waits and typed text is kept.
 */
export function usePasswordProof() {
  const waiting = shallowRef<Waiting | null>(null);

  async function proved<Result>(act: Act<Result>): Promise<Result> {
    try {
      return await act();
    } catch (failure) {
      if (!isOf(failure, 'password.confirmation-required')) throw failure;
      return await new Promise((resolve, reject) => {
        waiting.value = { prove: (password) => prove(password), giveUp: () => settle(() => reject(failure)) };

        async function prove(password: string) {
          try {
            const result = await act(password);
            settle(() => resolve(result));
          } catch (refusal) {
            // A wrong password can be typed again; any other error is shown where the action began.
            if (isOf(refusal, 'password.wrong')) throw refusal;
            settle(() => reject(refusal as Error));
          }
        }
      });
    }
  }
  function settle(end: () => void) {
    waiting.value = null;
    end();
  }
  return { waiting, proved };
}

function isOf(failure: unknown, code: string): failure is ApiProblem {
  return failure instanceof ApiProblem && failure.code === code;
}
