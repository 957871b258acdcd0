import { useI18n } from 'vue-i18n';
import type { RouteLocationRaw } from 'vue-router';
import { useMayOpen } from '../../../composables/may-open';

/** Pages and acts that an administrator goes to, the most frequent first. */
const PAGES = [
  'admin-accounts',
  'admin-journal',
  'admin-statistics',
  'admin-service',
  'admin-account-invite',
  'admin-import',
  'admin-structures',
  'admin-structure-create',
  'admin-applications',
  'admin-application-create',
  'admin-webhooks',
  'admin-webhook-create',
  'home',
  'my-account',
  'my-account-password',
  'my-account-devices',
  'my-account-activity',
] as const;

export interface PalettePage {
  id: string;
  text: string;
  to: RouteLocationRaw;
}

/** The pages that the person may open, as their routes say, that have all the beginnings. */
export function usePalettePages() {
  const { t } = useI18n();
  const mayOpen = useMayOpen();
  return (typed: string): PalettePage[] => {
    const words = plain(typed).split(/\s+/);
    return PAGES.filter(mayOpen)
      .map((name) => ({ id: name, text: t(`palette.pages.${name}`), to: { name } }))
      .filter(({ text }) => {
        const names = plain(text).split(/[\s’]+/);
        return words.every((word) => names.some((name) => name.startsWith(word)));
      });
  };
}

/** Without accents and capitals: as one types in a hurry. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
