import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { listAccounts } from '../../../../api/administration.api';
import { usualDomain } from './invite-rows';

/** Number of colleagues whose addresses are compared. */
const COLLEAGUES = 50;

/** Most frequent domain of the structure's addresses; empty if unknown. `null`: no structure is chosen yet. */
export function useColleaguesDomain(structure: () => string | null | undefined) {
  const { data } = useQuery({
    key: () => ['colleagues', structure() ?? ''],
    query: () => listAccounts({ structure: structure() ?? undefined, limit: COLLEAGUES }),
    enabled: () => structure() !== null,
  });
  return computed(() => usualDomain((data.value?.items ?? []).map(({ email }) => email)));
}
