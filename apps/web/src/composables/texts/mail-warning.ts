import { useI18n } from 'vue-i18n';

const MSSANTE = /@(?:[^@\s]+\.)?mssante\.fr\s*$/i;

/** What a person should know of an address that is typed: the MSSanté takes mails of its own operators alone. */
export function useMailWarning() {
  const { t } = useI18n();
  return (email: string) => (MSSANTE.test(email) ? t('app.mssante') : undefined);
}
