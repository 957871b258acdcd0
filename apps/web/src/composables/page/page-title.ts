import { watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import { useService } from '../service';

/** The title of the document, in the language of the page. */
export function usePageTitle(title: () => string): void {
  const { t } = useI18n();
  const service = useService();
  watchEffect(() => (document.title = t('app.title', { page: title(), service: service.name })));
}
