import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

/** Numbers and periods as the language of the page writes them. */
export function useNumbers() {
  const { locale } = useI18n();
  const language = computed(() => (locale.value === 'en' ? 'en-GB' : 'fr-FR'));
  const format = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language.value, options).format(value);
  const number = (value: number) => format(value);
  const percent = (value: number) => format(value, { style: 'percent', maximumFractionDigits: 0 });
  /** A share of nothing is none. */
  const share = (part: number, whole: number) => (whole === 0 ? '–' : percent(part / whole));
  /** With the sign of a difference, the minus as long as the plus. */
  const signed = (value: number, options?: Intl.NumberFormatOptions) =>
    format(value, { maximumFractionDigits: 0, signDisplay: 'exceptZero', ...options }).replace('-', '\u2212');
  return { language, number, percent, share, signed };
}
