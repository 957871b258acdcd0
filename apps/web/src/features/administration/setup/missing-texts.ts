import { useI18n } from 'vue-i18n';

/** Lists the missing legal texts, as part of a sentence. */
export function useMissingTexts() {
  const { t, locale } = useI18n();
  return (fields: readonly string[]) =>
    new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(
      fields.map((field) => t(`legalNotice.names.${field}`)),
    );
}
