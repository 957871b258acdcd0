import { useI18n } from 'vue-i18n';

/** Names what is missing of the texts of the law, as a sentence lists it. */
export function useMissingTexts() {
  const { t, locale } = useI18n();
  return (fields: readonly string[]) =>
    new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(
      fields.map((field) => t(`legalNotice.names.${field}`)),
    );
}
