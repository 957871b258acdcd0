import { useMutation } from '@pinia/colada';
import { computed, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { linkCard, linkProSanteConnect, unlinkNationalId } from '../../../api/identity.api';
import type { Account } from '../../../api/types';
import { useService } from '../../../composables/service';
import { useKnownText } from '../../../composables/texts/known-text';
import { useAccountChange } from '../account';

/** Links a card or an e-CPS, and unlinks both. `back`: the result of the return from Pro Santé Connect. */
export function useIdentityLink(account: Account, back: Ref<string>, asking: Ref<boolean>) {
  const { t } = useI18n();
  const known = useKnownText();
  const { take, reload } = useAccountChange();
  const service = useService();
  const linked = back.value === 'ok' && account.nationalId !== null;
  const done = ref(linked ? t('identity.ecps.done') : '');
  const ACTS = {
    async card() {
      await linkCard(service.cardUrl);
      await reload();
      done.value = t('identity.card.done');
    },
    async ecps() {
      location.assign(await linkProSanteConnect());
    },
    async unlink() {
      take(await unlinkNationalId());
      done.value = t('identity.unlink.done');
    },
  };
  const {
    mutate: act,
    isLoading: busy,
    error: problem,
    variables: acting,
  } = useMutation({
    mutation: async (what: keyof typeof ACTS) => {
      asking.value = false;
      done.value = back.value = '';
      await ACTS[what]();
    },
  });
  /** For an administrator who must have such a means: shown as a fact, not as an error. */
  const tooWeak = computed(() => problem.value?.code === 'means.too-weak');
  const refusal = computed(() => {
    const code = tooWeak.value ? 'means.too-weak' : back.value;
    return !code || code === 'ok' ? '' : known(`identity.refusal.${code}`, t('identity.refusal.failed'));
  });
  return { done, act, busy, problem, acting, tooWeak, refusal };
}
