import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

/** Numbers and periods as the language of the page writes them. */
export function useNumbers() {
  const { locale } = useI18n();
  const language = computed(() => (locale.value === 'en' ? 'en-GB' : 'fr-FR'));
  const number = (value: number) => new Intl.NumberFormat(language.value).format(value);
  /** A share of nothing is none. */
  const share = (part: number, whole: number) =>
    whole === 0
      ? '–'
      : new Intl.NumberFormat(language.value, { style: 'percent', maximumFractionDigits: 0 }).format(
          part / whole,
        );
  return { language, number, share };
}
