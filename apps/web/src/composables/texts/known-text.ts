import { useI18n } from 'vue-i18n';

/** Returns the text of an API value, or `otherwise` for a value that these pages do not know. */
export function useKnownText() {
  const { t, te } = useI18n();
  return (key: string, otherwise: string, values: Record<string, string> = {}) =>
    te(key, 'fr') ? t(key, values) : otherwise;
}
