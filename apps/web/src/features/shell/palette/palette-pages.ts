import { useI18n } from 'vue-i18n';
import type { RouteLocationRaw } from 'vue-router';
import { useMayOpen } from '../../../composables/may-open';
import { matches } from '../../../composables/texts/plain-words';

/** Pages and actions to open, most frequent first. */
const PAGES = [
  'admin-accounts',
  'admin-journal',
  'admin-statistics',
  'admin-service',
  'admin-account-invite',
  'admin-import',
  'admin-waves',
  'admin-wave-create',
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
  'help',
] as const;
/** The list of accounts by filter. */
const FILTERS = {
  locked: { only: 'LOCKED' },
  invited: { status: 'INVITED' },
  expired: { only: 'INVITATION_EXPIRED' },
  never: { only: 'NEVER_SIGNED_IN' },
  weak: { only: 'NO_STRONG_MEANS' },
  deactivated: { status: 'DEACTIVATED' },
  erasure: { only: 'ERASURE_REQUESTED' },
  emergency: { only: 'EMERGENCY_ACCESS' },
} as const;

export interface PalettePage {
  id: string;
  text: string;
  to: RouteLocationRaw;
}

/** Pages and lists that the person may open, by their routes, and that match all typed beginnings. */
export function usePalettePages() {
  const { t } = useI18n();
  const mayOpen = useMayOpen();
  const pages = (typed: string): PalettePage[] =>
    PAGES.filter(mayOpen)
      .map((name) => ({ id: name, text: t(`palette.pages.${name}`), to: { name } }))
      .filter(({ text }) => matches(text, typed));
  const lists = (typed: string): PalettePage[] => {
    if (!typed || !mayOpen('admin-accounts')) return [];
    return Object.entries(FILTERS)
      .map(([id, query]) => ({
        id: `list-${id}`,
        text: t(`palette.filters.${id}`),
        to: { name: 'admin-accounts', query },
      }))
      .filter(({ text }) => matches(text, typed));
  };
  return { pages, lists };
}
