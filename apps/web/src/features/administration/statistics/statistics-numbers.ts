import { computed } from 'vue';
import { useI18n } from 'vue-i18n';

/** Formats numbers and periods in the language of the page. */
export function useNumbers() {
  const { locale } = useI18n();
  const language = computed(() => (locale.value === 'en' ? 'en-GB' : 'fr-FR'));
  const format = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language.value, options).format(value);
  const number = (value: number) => format(value);
  const percent = (value: number) => format(value, { style: 'percent', maximumFractionDigits: 0 });
  /** A share of zero is undefined. */
  const share = (part: number, whole: number) => (whole === 0 ? '–' : percent(part / whole));
  /** With the sign of a difference; the minus is as wide as the plus. */
  const signed = (value: number, options?: Intl.NumberFormatOptions) =>
    format(value, { maximumFractionDigits: 0, signDisplay: 'exceptZero', ...options }).replace('-', '\u2212');
  return { language, number, percent, share, signed };
}
