import { useI18n } from 'vue-i18n';
import type { AccountLine } from '../../../api/types';
import type { PaletteResult } from './PaletteGroup.vue';
import { plain } from '../../../composables/texts/plain-words';

/** Actions on a person that the search offers: their dialog asks before anything is done. */
const ACTS = [
  'unlock',
  'resendInvitation',
  'revokeSessions',
  'resetFactors',
  'deactivate',
  'reactivate',
  'whoRead',
] as const;
type Act = (typeof ACTS)[number];
/** With fewer letters, the text is treated as the start of a name. */
const LEAST = 4;

/** Whether an action applies to the person, as far as the list shows; the person's page knows more. */
const offered: Partial<Record<Act, AccountLine['status'][]>> = {
  resendInvitation: ['INVITED'],
  deactivate: ['ACTIVE', 'INVITED'],
  reactivate: ['DEACTIVATED'],
  resetFactors: ['ACTIVE'],
  whoRead: ['ACTIVE', 'INVITED', 'DEACTIVATED'],
};

/** Parses « désactiver claire »: an action by the start of its verb, and the person's name. */
export function usePaletteActs() {
  const { t } = useI18n();
  const verb = (act: Act) => plain(t(`palette.acts.${act}`, { name: '' })).split(/\s/)[0]!;

  function actsIn(typed: string): { acts: Act[]; name: string } | null {
    // The one that begins with no verb: « qui a lu claire ».
    const reading = `${t('palette.whoRead')} `;
    if (plain(typed).startsWith(reading)) return { acts: ['whoRead'], name: typed.slice(reading.length) };
    const [first = '', ...others] = typed.trim().split(/\s+/);
    const begun = plain(first);
    if (begun.length < LEAST || !others.length) return null;
    const acts = ACTS.filter((act) => verb(act).startsWith(begun));
    return acts.length ? { acts, name: others.join(' ') } : null;
  }
  function resultsOf(acts: Act[], people: AccountLine[]): PaletteResult[] {
    return acts.flatMap((act) =>
      people
        .filter(({ status }) => offered[act]?.includes(status) ?? status !== 'DEACTIVATED')
        .map(({ id, displayName, username }) => ({
          id: `${act}-${id}`,
          text: t(`palette.acts.${act}`, { name: displayName }),
          note: username,
          to:
            act === 'whoRead'
              ? { name: 'admin-journal', query: { person: id, act: 'account_read' } }
              : { name: 'admin-account', params: { id }, query: { acte: act } },
        })),
    );
  }
  return { actsIn, resultsOf };
}
