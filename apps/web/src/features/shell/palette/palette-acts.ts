import { useI18n } from 'vue-i18n';
import type { AccountLine } from '../../../api/types';
import type { PaletteResult } from './PaletteGroup.vue';
import { plain } from '../../../composables/texts/plain-words';

/** Acts on a person that the search leads to: their dialog asks before anything is done. */
const ACTS = [
  'unlock',
  'resendInvitation',
  'revokeSessions',
  'resetFactors',
  'deactivate',
  'reactivate',
] as const;
type Act = (typeof ACTS)[number];
/** Fewer letters of a verb are the beginning of a name. */
const LEAST = 4;

/** To whom an act can be done, as the list knows them; the person's page knows more. */
const offered: Partial<Record<Act, AccountLine['status'][]>> = {
  resendInvitation: ['INVITED'],
  deactivate: ['ACTIVE', 'INVITED'],
  reactivate: ['DEACTIVATED'],
  resetFactors: ['ACTIVE'],
};

/** « désactiver claire »: an act whose verb begins so, and whom it is for. */
export function usePaletteActs() {
  const { t } = useI18n();
  const verb = (act: Act) => plain(t(`palette.acts.${act}`, { name: '' })).split(/\s/)[0]!;

  function actsIn(typed: string): { acts: Act[]; name: string } | null {
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
          to: { name: 'admin-account', params: { id }, query: { acte: act } },
        })),
    );
  }
  return { actsIn, resultsOf };
}
