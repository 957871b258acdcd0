import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

const LEVELS = ['eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'] as const;

/** Names of the sign-in levels, to choose from, weakest first. An unknown level is shown unchanged. */
export function useAcrLevels() {
  const { t } = useI18n();
  function level(acr: string): string {
    const known = LEVELS.find((one) => one === acr);
    return known ? t(`applications.levels.${known}`) : acr;
  }
  const levels = computed(() => LEVELS.map((value) => ({ value: value as string, text: level(value) })));
  return { level, levels };
}
