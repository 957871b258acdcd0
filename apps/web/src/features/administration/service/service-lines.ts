import { useI18n } from 'vue-i18n';
import type { RouteLocationRaw } from 'vue-router';
import type { ServiceState } from '../../../api/types';
import { useDates } from '../../../composables/dates/dates';
import { dayInParis } from '../../../composables/dates/paris-day';
import { useWaitText } from '../../../composables/dates/wait-text';

export type PartState = ServiceState['mail']['state'];

/** One part of the service, or one end date, as the table shows it. */
export interface ServiceLine {
  id: string;
  name: string;
  state: PartState;
  stateText: string;
  sentences: string[];
  /** The remedy, if it is not fine. */
  advice?: string;
  link?: { text: string; to: RouteLocationRaw };
}

/** In the order of an operator's questions: message delivery, sign-in, journal, infrastructure. */
const PARTS = [
  'mail',
  'sms',
  'outbox',
  'proSanteConnect',
  'journal',
  'webhooks',
  'database',
  'redis',
  'keys',
  'clock',
  'durability',
] as const;
type Part = (typeof PARTS)[number];
const SHORTEST_SECONDS = 0.1;

/** The parts of the service as texts. */
export function useServiceLines() {
  const { t, n } = useI18n();
  const { dayAndTime, time } = useDates();
  const wait = useWaitText();
  const key = (name: string) => `serviceState.${name}`;
  const tenths = (seconds: number) => n(seconds, { maximumFractionDigits: 1 });
  const since = (from: string, now: string) => wait((Date.parse(now) - Date.parse(from)) / 1_000);

  function when(iso: string, now: string): string {
    const isToday = dayInParis(iso) === dayInParis(now);
    return isToday ? t(key('today'), { time: time(iso) }) : t(key('otherDay'), { time: dayAndTime(iso) });
  }
  function sinceWhen(iso: string, now: string): string {
    const isToday = dayInParis(iso) === dayInParis(now);
    return isToday
      ? t(key('sinceToday'), { time: time(iso) })
      : t(key('sinceDay'), { time: dayAndTime(iso) });
  }
  function channel(part: 'mail' | 'sms', service: ServiceState): string[] {
    const { state, since: from, providers, lastSent } = service[part];
    if (state === 'off') return [t(key(`${part}.off`))];
    const down = providers.filter(({ up }) => !up).map(({ name }) => name);
    const late = providers.filter(({ passedOver }) => passedOver).map(({ name }) => name);
    const warnings = [
      ...(down.length ? [t(key(`${part}.some`), { names: down.join(', ') })] : []),
      ...(late.length ? [t(key('sms.passedOver'), { names: late.join(', ') })] : []),
    ];
    const answers = {
      well: [t(key(`${part}.up`), providers.length)],
      warning: warnings,
      failing: [t(key(`${part}.down`), { since: from ? sinceWhen(from, service.at) : '' })],
    };
    return [...answers[state], last(part, lastSent, service.at)];
  }
  function last(part: 'mail' | 'sms', sent: ServiceState['mail']['lastSent'], now: string): string {
    if (!sent) return t(key(`${part}.none`));
    const seconds = (Date.parse(sent.handedOverAt) - Date.parse(sent.askedAt)) / 1_000;
    return t(key(`${part}.last`), {
      when: when(sent.handedOverAt, now),
      seconds: tenths(Math.max(seconds, SHORTEST_SECONDS)),
      provider: sent.provider,
    });
  }
  function outbox({ outbox: { lanes, unreadable }, at }: ServiceState): string[] {
    const [later, bulk] = (['later', 'bulk'] as const).map((name) => lanes.find(({ lane }) => lane === name));
    const oldest = later?.oldestAt ? since(later.oldestAt, at) : '';
    const waiting = later?.waiting ?? 0;
    return [
      t(key('outbox.later'), { count: n(waiting), wait: oldest }, waiting),
      ...(bulk?.waiting ? [t(key('outbox.bulk'), { count: n(bulk.waiting) }, bulk.waiting)] : []),
      ...(unreadable ? [t(key('outbox.unreadable'), { count: n(unreadable) }, unreadable)] : []),
    ];
  }
  function journal({ journal: found, at }: ServiceState): string[] {
    const { state, sealedAt, sequence, waitingSeconds, missingKeys } = found;
    const head = sealedAt
      ? t(key('journal.sealed'), { sequence: n(sequence), when: when(sealedAt, at) })
      : t(key('journal.none'));
    const isWaiting = state !== 'well' && waitingSeconds > 0;
    return [
      ...(isWaiting ? [t(key('journal.waiting'), { wait: wait(waitingSeconds) })] : []),
      ...(missingKeys.length ? [t(key('journal.missing'), { keys: missingKeys.join(', ') })] : []),
      head,
    ];
  }
  function webhooks({ webhooks: { failing, waiting } }: ServiceState): string[] {
    return [
      failing ? t(key('webhooks.failing'), { count: n(failing) }, failing) : t(key('webhooks.well')),
      ...(waiting ? [t(key('webhooks.waiting'), { count: n(waiting) }, waiting)] : []),
    ];
  }
  function clock({ clock: { state, aheadMs } }: ServiceState): string[] {
    if (state === 'off' || state === 'well') return [t(key(`clock.${state}`))];
    const seconds = tenths(Math.abs(aheadMs!) / 1_000);
    return [t(key(aheadMs! > 0 ? 'clock.ahead' : 'clock.behind'), { seconds })];
  }

  const toWebhooks = () => ({ text: t(key('webhooks.link')), to: { name: 'admin-webhooks' } });

  const sentences: Record<Part, (service: ServiceState) => string[]> = {
    mail: (service) => channel('mail', service),
    sms: (service) => channel('sms', service),
    outbox,
    proSanteConnect: ({ proSanteConnect: { state } }) => [t(key(`proSanteConnect.${state}`))],
    journal,
    webhooks,
    database: ({ database: { state, latencyMs } }) => [t(key(`database.${state}`), { ms: latencyMs ?? 0 })],
    redis: ({ redis: { state, latencyMs } }) => [t(key(`redis.${state}`), { ms: latencyMs ?? 0 })],
    keys: ({ keys: { state, missingKeys } }) => [
      missingKeys.length ? t(key('keys.missing'), { keys: missingKeys.join(', ') }) : t(key(`keys.${state}`)),
    ],
    clock,
    durability: ({ durability: { risks, node } }) => [
      ...(risks.length ? risks.map((risk) => t(key(`durability.${risk}`))) : [t(key('durability.well'))]),
      ...(node ? [t(key('durability.node'), { node })] : []),
    ],
  };
  return (service: ServiceState): ServiceLine[] =>
    PARTS.map((part) => {
      const { state } = service[part];
      const isWrong = needsALook(state);
      return {
        id: part,
        name: t(key(`parts.${part}`)),
        state,
        stateText: t(key(`states.${state}`)),
        sentences: sentences[part](service),
        advice: isWrong ? t(key(`${part}.advice`)) : undefined,
        link: isWrong && part === 'webhooks' ? toWebhooks() : undefined,
      };
    });
}

export function needsALook(state: PartState): boolean {
  return state === 'warning' || state === 'failing';
}
