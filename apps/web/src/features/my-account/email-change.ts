import { ref, shallowRef } from 'vue';
import { requestEmailChange } from '../../api/account.api';
import { ApiProblem } from '../../api/problem';
import type { Account } from '../../api/types';
import { useAttempt } from '../../composables/attempt';
import { dropChallenge, keepChallenge, keptChallenge } from '../../composables/kept-challenge';

/** A new mail address: typed, proved by the code that goes there, and only then kept. */
export function useEmailChange(received: (account: Account) => void) {
  const { busy, problem, run } = useAttempt();
  const entry = ref('');
  const asking = ref(false);
  const changed = ref(false);
  /** The code could not leave: the dialog opens on that. */
  const failure = shallowRef<ApiProblem | null>(null);
  /** Where the code that is still open went. */
  let sentTo = '';

  const ask = () =>
    run(async () => {
      changed.value = false;
      failure.value = null;
      const email = entry.value.trim();
      // A dialog closed by mistake costs no second message.
      if (email !== sentTo || !keptChallenge('mail-change')) await send(email);
      asking.value = true;
    });
  async function send(email: string) {
    dropChallenge('mail-change');
    try {
      keepChallenge(await requestEmailChange(email));
    } catch (refusal) {
      if (!(refusal instanceof ApiProblem) || !refusal.challenge) throw refusal;
      keepChallenge(refusal.challenge);
      failure.value = refusal;
    }
    sentTo = email;
  }
  function take(account: Account) {
    received(account);
    asking.value = false;
    changed.value = true;
    entry.value = sentTo = '';
  }
  return { busy, problem, entry, asking, changed, failure, ask, take, close: () => (asking.value = false) };
}
