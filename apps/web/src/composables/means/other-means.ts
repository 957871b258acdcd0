import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useOffered } from '../service';

/** The names of the means of this deployment that need neither password nor mailbox; empty where there is none. */
export function useOtherMeans() {
  const { t } = useI18n();
  const offered = useOffered();
  return computed(() =>
    [offered('cpx') && t('card.title'), offered('pro-sante-connect') && t('proSanteConnect.title')]
      .filter(Boolean)
      .join(', '),
  );
}
