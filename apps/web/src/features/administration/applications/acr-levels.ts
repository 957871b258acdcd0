import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

const LEVELS = ['eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'] as const;

/** The levels of a sign-in in words, to choose one of, the weakest first. One that the pages do not know stays as it is. */
export function useAcrLevels() {
  const { t } = useI18n();
  function level(acr: string): string {
    const known = LEVELS.find((one) => one === acr);
    return known ? t(`applications.levels.${known}`) : acr;
  }
  const levels = computed(() => LEVELS.map((value) => ({ value: value as string, text: level(value) })));
  return { level, levels };
}
