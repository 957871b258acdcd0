import { useI18n } from 'vue-i18n';

const MSSANTE = /@(?:[^@\s]+\.)?mssante\.fr\s*$/i;

/** Warning about a typed address: MSSanté accepts mail from its own operators only. */
export function useMailWarning() {
  const { t } = useI18n();
  return (email: string) => (MSSANTE.test(email) ? t('app.mssante') : undefined);
}
