import { onScopeDispose, shallowReactive, watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import { useService } from '../service';

/** The parts of the page that show an error in what was typed. */
const faulty = shallowReactive(new Set<symbol>());

/** The title of the page begins with « Erreur » while `has` holds. */
export function useTitledError(has: () => boolean): void {
  const part = Symbol('faulty');
  watchEffect(() => (has() ? faulty.add(part) : faulty.delete(part)));
  onScopeDispose(() => faulty.delete(part));
}

/** The title of the document, in the language of the page. */
export function usePageTitle(title: () => string): void {
  const { t } = useI18n();
  const service = useService();
  const page = () => (faulty.size ? t('app.faulty', { page: title() }) : title());
  watchEffect(() => (document.title = t('app.title', { page: page(), service: service.name })));
}
