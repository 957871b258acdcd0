import { computed, ref, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { removePhone, requestPhoneVerification, setPhone, updateAccount } from '../../../api/account.api';
import { ApiProblem } from '../../../api/problem';
import type { Account } from '../../../api/types';
import { useForm } from '../../../composables/form';
import { dropChallenge, keepChallenge, keptChallenge } from '../../../composables/codes/kept-challenge';
import { usePasswordProof } from '../password/password-proof';

export type PhoneOutcome = 'saved' | 'savedUnverified' | 'verified' | 'removed';

/**
 * Sets up the phone number: type it, « Vérifier », prove it by a code, then choose SMS and « Enregistrer ». The proof
 * and the choice of SMS are two separate actions.
 */
export function usePhoneSetup(account: () => Account, received: (account: Account) => void) {
  const { t } = useI18n();
  /** Action of the form: one button verifies, the other saves, and the dialog removes. */
  const act = ref<'verify' | 'save' | 'remove'>('save');
  const outcome = ref<PhoneOutcome | null>(null);
  /** Whether the number or the channel changed, which ends trusted browsers. */
  const forgotten = ref(false);
  const asked = ref<'verification' | 'preference' | 'removal' | null>(null);
  /** The code could not be sent: the dialog opens with this problem. */
  const failure = shallowRef<ApiProblem | null>(null);
  const proof = usePasswordProof();
  const acts = { verify, save, remove };
  const form = useForm({
    initial: () => ({ number: saved(), channel: account().codeChannel }),
    rules: { number: ({ number }) => (act.value === 'remove' ? '' : halfMasked(number)) },
    refusals: { number: ({ code }) => (code.startsWith('phone.') ? t(`problems.${code}`) : '') },
    async submit() {
      outcome.value = null;
      forgotten.value = false;
      await acts[act.value]();
    },
  });
  const { values } = form;

  const changed = computed(() => values.number.trim() !== saved());
  const status = computed(() => {
    if (!values.number.trim()) return 'NONE';
    return changed.value ? 'UNVERIFIED' : account().phone.status;
  });
  const smsAllowed = computed(() => status.value === 'VERIFIED');
  const error = computed(() => halfMasked(values.number) || form.errors.number);

  watch(smsAllowed, (allowed) => (values.channel = allowed ? account().codeChannel : 'EMAIL'));
  watch(
    () => account().codeChannel,
    (current) => (values.channel = current),
  );

  /** An edited mask does not show which number the person means. */
  function halfMasked(number: string): string {
    return number.trim() !== saved() && number.includes('•') ? t('phone.retype') : '';
  }
  function saved(): string {
    return account().phone.number ?? '';
  }
  function take(next: Account) {
    received(next);
    values.number = next.phone.number ?? '';
  }
  async function saveNumber() {
    if (!changed.value) return;
    dropChallenge('phone-verification');
    take(await proof.proved((password) => setPhone(values.number.trim(), password)));
    forgotten.value = true;
  }
  async function verify() {
    await saveNumber();
    failure.value = null;
    if (!keptChallenge('phone-verification'))
      await requestPhoneVerification().then(keepChallenge, keepFailed);
    asked.value = 'verification';
  }
  function keepFailed(refusal: unknown) {
    if (!(refusal instanceof ApiProblem) || !refusal.challenge) throw refusal;
    keepChallenge(refusal.challenge);
    failure.value = refusal;
  }
  async function save() {
    if (!values.number.trim() && saved()) return void (asked.value = 'removal');
    await saveNumber();
    if (values.channel !== account().codeChannel) {
      const codeChannel = values.channel;
      take(await proof.proved((currentPassword) => updateAccount({ codeChannel, currentPassword })));
      forgotten.value = true;
    }
    outcome.value = account().phone.status === 'UNVERIFIED' ? 'savedUnverified' : 'saved';
  }
  async function remove() {
    asked.value = null;
    take(await proof.proved(removePhone));
    forgotten.value = true;
    dropChallenge('phone-verification');
    outcome.value = 'removed';
  }
  function verified(next: Account) {
    take(next);
    asked.value = 'preference';
  }
  function close() {
    if (asked.value === 'preference') outcome.value = 'verified';
    asked.value = null;
    if (!values.number.trim()) values.number = saved();
  }
  return { form, act, error, status, smsAllowed, outcome, forgotten, asked, failure, proof, verified, close };
}
