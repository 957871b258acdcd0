import { defineQueryOptions, useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { getServiceState } from '../api/administration.api';
import type { ServiceState } from '../api/types';
import { useMayOpen } from './may-open';

const FRESH_MS = 30_000;

/** The state of the service: the rail, the banner, the home page and its own page share one answer. */
export const serviceStateQuery = defineQueryOptions({
  key: ['service-state'],
  query: getServiceState,
  staleTime: FRESH_MS,
});

/** The parts of the service that fail, for administrators who may open its page; none while unknown. */
export function useOutages() {
  const mayOpen = useMayOpen();
  const { data } = useQuery(() => ({ ...serviceStateQuery, enabled: mayOpen('admin-service') }));
  return computed(() => (data.value ? failing(data.value) : []));
}

/** Keys of their names. */
function failing({ at: _, expiries, ...parts }: ServiceState): string[] {
  const names = Object.entries(parts).filter(([, { state }]) => state === 'failing');
  const isEnded = expiries.some(({ state }) => state === 'failing');
  return [...names.map(([name]) => `parts.${name}`), ...(isEnded ? ['expiries.title'] : [])];
}
