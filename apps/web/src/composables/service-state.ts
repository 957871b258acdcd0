import { defineQueryOptions, useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { getServiceState } from '../api/administration.api';
import type { ServiceState } from '../api/types';
import { useMayOpen } from './may-open';

const FRESH_MS = 30_000;

/** The state of the service: the rail, the home page and its own page share one answer. */
export const serviceStateQuery = defineQueryOptions({
  key: ['service-state'],
  query: getServiceState,
  staleTime: FRESH_MS,
});

/** Whether a part of the service fails, for administrators who may open its page; false while unknown. */
export function useOutage() {
  const mayOpen = useMayOpen();
  const { data } = useQuery(() => ({ ...serviceStateQuery, enabled: mayOpen('admin-service') }));
  return computed(() => data.value !== undefined && isFailing(data.value));
}

function isFailing({ at: _, expiries, ...parts }: ServiceState): boolean {
  return [...Object.values(parts), ...expiries].some(({ state }) => state === 'failing');
}
