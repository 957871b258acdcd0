import { computed, ref, watch } from 'vue';
import { removePhone, requestPhoneVerification, setPhone, updateAccount } from '../../api/account.api';
import { ApiProblem } from '../../api/problem';
import type { Account, Challenge, Channel } from '../../api/types';
import { useAttempt } from '../../composables/attempt';
import { dropChallenge, keepChallenge, keptChallenge } from '../../composables/kept-challenge';

export type PhoneOutcome = 'saved' | 'savedUnverified' | 'verified' | 'removed';

/**
 * The procedure of the telephone: type a number, « Vérifier », prove it by a code, and only then prefer SMS and
 * « Enregistrer ». Proving the number and preferring SMS are two separate acts.
 */
export function usePhoneSetup(account: () => Account, received: (account: Account) => void) {
  const { busy, problem, run } = useAttempt();
  const entry = ref(account().phone.number ?? '');
  const channel = ref<Channel>(account().codeChannel);
  const outcome = ref<PhoneOutcome | null>(null);
  const asked = ref<'verification' | 'removal' | null>(null);
  /** The code could not leave: the dialog opens on that. */
  const failure = ref<ApiProblem | null>(null);

  const saved = computed(() => account().phone.number ?? '');
  const changed = computed(() => entry.value.trim() !== saved.value);
  const status = computed(() => {
    if (!entry.value.trim()) return 'NONE';
    return changed.value ? 'UNVERIFIED' : account().phone.status;
  });
  const smsAllowed = computed(() => status.value === 'VERIFIED');
  /** A masked number that was edited instead of typed anew says nothing of what is meant. */
  const halfMasked = computed(() => changed.value && entry.value.includes('•'));

  watch(smsAllowed, (allowed) => (channel.value = allowed ? account().codeChannel : 'EMAIL'));
  watch(
    () => account().codeChannel,
    (current) => (channel.value = current),
  );

  function take(next: Account) {
    received(next);
    entry.value = next.phone.number ?? '';
  }
  async function saveNumber() {
    if (!changed.value) return;
    dropChallenge('phone-verification');
    take(await setPhone(entry.value.trim()));
  }
  const act = (story: () => Promise<void>) =>
    run(async () => {
      outcome.value = null;
      await story();
    });

  const verify = () =>
    act(async () => {
      if (halfMasked.value) return;
      await saveNumber();
      failure.value = null;
      if (!keptChallenge('phone-verification'))
        await requestPhoneVerification().then(keepChallenge, keepFailed);
      asked.value = 'verification';
    });
  function keepFailed(refusal: unknown) {
    const kept: Challenge | undefined = refusal instanceof ApiProblem ? refusal.challenge : undefined;
    if (!kept) throw refusal;
    keepChallenge(kept);
    failure.value = refusal as ApiProblem;
  }
  function verified(next: Account) {
    take(next);
    asked.value = null;
    outcome.value = 'verified';
  }
  const save = () =>
    act(async () => {
      if (halfMasked.value) return;
      if (!entry.value.trim() && saved.value) return void (asked.value = 'removal');
      await saveNumber();
      if (channel.value !== account().codeChannel) take(await updateAccount({ codeChannel: channel.value }));
      outcome.value = account().phone.status === 'UNVERIFIED' ? 'savedUnverified' : 'saved';
    });
  const remove = () =>
    act(async () => {
      asked.value = null;
      take(await removePhone());
      dropChallenge('phone-verification');
      outcome.value = 'removed';
    });
  function close() {
    asked.value = null;
    if (!entry.value.trim()) entry.value = saved.value;
  }
  return {
    busy,
    problem,
    entry,
    channel,
    status,
    smsAllowed,
    halfMasked,
    outcome,
    asked,
    failure,
    verify,
    verified,
    save,
    askRemoval: () => (asked.value = 'removal'),
    remove,
    close,
  };
}
