import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { requestEmailChange } from '../../../api/account.api';
import { ApiProblem } from '../../../api/problem';
import type { Account } from '../../../api/types';
import { useForm } from '../../../composables/form';
import { dropChallenge, keepChallenge, keptChallenge } from '../../../composables/codes/kept-challenge';
import { usePasswordProof } from '../password/password-proof';

/** Changes the mail address: typed, proved by the code sent to it, and only then stored. */
export function useEmailChange(received: (account: Account) => void) {
  const { t } = useI18n();
  const asking = ref(false);
  /** The stored address in full; empty until then. The account contains a masked one only. */
  const changed = ref('');
  /** The code could not be sent: the dialog opens with this problem. */
  const failure = shallowRef<ApiProblem | null>(null);
  /** Address to which the open code was sent. */
  let sentTo = '';
  /** Values sent with the request for this code: another code for the same address needs no new ones. */
  let given: string | undefined;
  const proof = usePasswordProof();

  const form = useForm({
    initial: () => ({ email: '' }),
    rules: { email: ({ email }) => (email.trim() ? '' : t('email.missing')) },
    refusals: { email: ({ code }) => (code === 'validation.failed' ? t('email.invalid') : '') },
    submit: ask,
  });
  async function ask({ email }: { email: string }) {
    changed.value = '';
    failure.value = null;
    // After a dialog closed by mistake, no second message is needed.
    if (email.trim() !== sentTo || !keptChallenge('mail-change')) await request(email.trim());
    asking.value = true;
  }
  async function request(email: string) {
    dropChallenge('mail-change');
    given = undefined;
    try {
      await send(email);
    } catch (refusal) {
      if (!(refusal instanceof ApiProblem) || !refusal.challenge) throw refusal;
      keepChallenge({ ...refusal.challenge, destination: email });
      failure.value = refusal;
    }
    sentTo = email;
  }
  /** The person has just typed it: the old and the new mask might look the same. */
  async function send(email: string) {
    const sent = { ...(await proof.proved((password = given) => wish(email, password))), destination: email };
    keepChallenge(sent);
    return sent;
  }
  function wish(email: string, password?: string) {
    given = password;
    return requestEmailChange(email, password);
  }
  function take(account: Account) {
    received(account);
    asking.value = false;
    changed.value = sentTo;
    sentTo = '';
    given = undefined;
    form.reset();
  }
  function close() {
    asking.value = false;
    given = undefined;
  }
  return {
    form,
    asking,
    changed,
    failure,
    proof,
    again: () => send(sentTo),
    take,
    close,
  };
}
