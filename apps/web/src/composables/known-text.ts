import { useI18n } from 'vue-i18n';

/** The text of a word that the API has; one that these pages have not learnt yet is shown as it is. */
export function useKnownText() {
  const { t, te } = useI18n();
  return (key: string, word: string) => (te(key, 'fr') ? t(key) : word);
}
