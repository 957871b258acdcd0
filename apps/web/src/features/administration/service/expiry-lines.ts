import { useI18n } from 'vue-i18n';
import type { ServiceState } from '../../../api/types';
import { useDates } from '../../../composables/dates/dates';
import { useKnownText } from '../../../composables/texts/known-text';
import { needsALook, type ServiceLine } from './service-lines';

type Expiry = ServiceState['expiries'][number];

const DAY_MS = 86_400_000;
const LISTS = 'CPX_CRL_FILES';

/** Certificates and revocation lists as texts, next expiry first. */
export function useExpiryLines() {
  const { t, n } = useI18n();
  const { day } = useDates();
  const knownText = useKnownText();
  const key = (name: string) => `serviceState.expiries.${name}`;

  function sentence({ setting, subject, at, state }: Expiry, now: string): string {
    if (!at) return setting === LISTS ? t(key('noList'), { subject }) : t(key('unreadable'));
    if (state === 'failing') return t(key('ended'), { subject, day: day(at) });
    const days = Math.floor((Date.parse(at) - Date.parse(now)) / DAY_MS);
    return t(key('until'), { subject, day: day(at), count: n(days) }, days);
  }
  function advice(setting: string): string {
    if (setting === LISTS) return t(key('listAdvice'));
    return t(key(setting.endsWith('_URL') ? 'serverAdvice' : 'advice'), { setting });
  }

  return ({ expiries, at }: ServiceState): ServiceLine[] =>
    expiries.map((one, index) => ({
      id: `${one.setting} ${index}`,
      name: knownText(key(`settings.${one.setting}`), one.setting),
      state: one.state,
      stateText: t(key(`states.${one.state}`)),
      sentences: [sentence(one, at)],
      advice: needsALook(one.state) ? advice(one.setting) : undefined,
    }));
}
