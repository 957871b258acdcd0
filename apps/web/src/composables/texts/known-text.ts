import { useI18n } from 'vue-i18n';

/** The text of a word that the API has, or `otherwise` for one that these pages have not learnt yet. */
export function useKnownText() {
  const { t, te } = useI18n();
  return (key: string, otherwise: string) => (te(key, 'fr') ? t(key) : otherwise);
}
