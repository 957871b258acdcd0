import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useOffered } from '../service';

/** Names of the deployment's means that need neither password nor mailbox; empty without any. */
export function useOtherMeans() {
  const { t } = useI18n();
  const offered = useOffered();
  return computed(() =>
    [offered('cpx') && t('card.title'), offered('pro-sante-connect') && t('proSanteConnect.title')]
      .filter(Boolean)
      .join(', '),
  );
}
