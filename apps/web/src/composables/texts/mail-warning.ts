import { useI18n } from 'vue-i18n';

const MSSANTE = /@(?:[^@\s]+\.)?mssante\.fr\s*$/i;

/** A warning about a typed address: MSSanté accepts mails from its own operators only. */
export function useMailWarning() {
  const { t } = useI18n();
  return (email: string) => (MSSANTE.test(email) ? t('app.mssante') : undefined);
}
