import { useI18n } from 'vue-i18n';
import type { AdminEntry, AdminWayInReason, AdminWaysIn } from '../../api/types';
import { useDates } from '../dates/dates';

type MeansId = AdminWayInReason['accepts'][number] | 'password';

/** Reasons that prevent nothing, and are shown with the answer. */
const NOTICES: readonly string[] = ['enrolment-only', 'channel-away'];

/** Reasons to show with the answer; plain obstacles are shown elsewhere on the person's page. */
export function shownReasons({ reasons }: Pick<AdminWaysIn, 'reasons'>): AdminWayInReason[] {
  return reasons.filter(({ blocks, code }) => blocks || NOTICES.includes(code));
}

/** Whether the person enters by the password, with nothing to say about it. */
export function isClear(answer: Pick<AdminWaysIn, 'canEnter' | 'reasons'>): boolean {
  return answer.canEnter === 'yes' && shownReasons(answer).length === 0;
}

/** Sentences for the server's decision on « Peut-elle entrer ? ». */
export function useWaysIn() {
  const { t, locale } = useI18n();
  const { day, dayAndTime, nearDay } = useDates();
  const list = (words: string[]) => new Intl.ListFormat(locale.value, { type: 'disjunction' }).format(words);
  const meansOf = (ids: readonly MeansId[]) => list(ids.map((id) => t(`waysIn.means.${id}`)));

  function values({ since, until, channel, accepts }: AdminWayInReason) {
    return {
      since: since ? day(since) : '',
      begun: since ? dayAndTime(since) : '',
      day: until ? day(until) : '',
      time: until ? dayAndTime(until) : '',
      channel: t(`waysIn.channels.${channel ?? 'EMAIL'}`),
      accepts: meansOf(accepts),
    };
  }

  /** The reason as the end of a sentence: « sa structure n’accepte que … depuis le 1er novembre 2026 ». */
  function why(reason: AdminWayInReason): string {
    return t(`waysIn.why.${reason.code}${variant(reason)}`, values(reason));
  }

  /** « Règle du 1er nov. », for a row of a list. */
  function short({ canEnter, by, reason }: AdminEntry): string {
    if (canEnter === 'yes' && reason?.code === 'channel-away')
      return t(`waysIn.short.away.${reason.channel}`);
    const means = list(by.map((id) => t(`waysIn.short.means.${id}`)));
    if (canEnter !== 'no' || reason === null) return t(`waysIn.short.${canEnter}`, { means });
    const { code, since, until } = reason;
    if (code === 'channel-away') return t(`waysIn.short.why.channel-away${reason.channel}`);
    if (code === 'invitation-sent' && until) return t('waysIn.short.invitedUntil', { day: nearDay(until) });
    return t(`waysIn.short.why.${code}`, { since: since ? nearDay(since) : '' });
  }

  /** « Ne peut pas entrer pour l’instant », « Peut entrer seulement avec une carte ». */
  function lead({ canEnter, by }: Pick<AdminEntry, 'canEnter' | 'by'>, first?: AdminWayInReason): string {
    const passes = canEnter === 'no' && first?.code === 'channel-away';
    return t(`waysIn.entry.${passes ? 'not-now' : canEnter}`, { means: meansOf(by) });
  }

  /** The full answer: the first sentence, then each reason that limits it. */
  function sentences(answer: AdminWaysIn): string[] {
    const [first, ...others] = shownReasons(answer);
    if (!first) return [`${lead(answer)}.`];
    return [t('waysIn.because', { lead: lead(answer, first), why: why(first) }), ...others.map(sentenceOf)];
  }

  function sentenceOf(reason: AdminWayInReason): string {
    const text = why(reason);
    return `${text.charAt(0).toLocaleUpperCase(locale.value)}${text.slice(1)}.`;
  }

  return { lead, short, sentences, meansOf };
}

/** Chooses the text without a date, without accepted means, or of the channel. */
function variant({ code, until, accepts, channel, instead }: AdminWayInReason): string {
  if (code === 'channel-away') return `${channel}${instead ? 'Instead' : ''}`;
  if (code === 'invitation-sent' && until === null) return 'Before';
  if (code === 'enrolment-only' && until === null) return 'Alone';
  return code === 'strong-means-only' && accepts.length === 0 ? 'Alone' : '';
}
