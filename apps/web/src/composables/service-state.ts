import { defineQueryOptions, useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { getServiceState } from '../api/administration.api';
import type { ServiceState } from '../api/types';
import { useSessionStore } from '../stores/session.store';
import { useMayOpen } from './may-open';
import { useMailOutage } from './service';

const FRESH_MS = 30_000;

/** The state of the service: the rail, the banner, the home page and its own page share one answer. */
export const serviceStateQuery = defineQueryOptions({
  key: ['service-state'],
  query: getServiceState,
  staleTime: FRESH_MS,
});

/**
 * The parts of the service that fail, for administrators; none while unknown. Those who may not open its page learn
 * whether mail leaves.
 */
export function useOutages() {
  const sessions = useSessionStore();
  const mayOpen = useMayOpen();
  const { data } = useQuery(() => ({ ...serviceStateQuery, enabled: mayOpen('admin-service') }));
  const mailOutage = useMailOutage(() => sessions.administers && !mayOpen('admin-service'));
  return computed(() => {
    if (data.value) return failing(data.value);
    return mailOutage.value ? ['parts.mail'] : [];
  });
}

/** Keys of their names. */
function failing({ at: _, expiries, ...parts }: ServiceState): string[] {
  const names = Object.entries(parts).filter(([, { state }]) => state === 'failing');
  const isEnded = expiries.some(({ state }) => state === 'failing');
  return [...names.map(([name]) => `parts.${name}`), ...(isEnded ? ['expiries.title'] : [])];
}
