import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { listAccounts } from '../../../../api/administration.api';
import { usualDomain } from './invite-rows';

/** Whose addresses show it. */
const COLLEAGUES = 50;

/** The domain that the addresses of the structure mostly have; empty where none is known. `null`: no structure is chosen yet. */
export function useColleaguesDomain(structure: () => string | null | undefined) {
  const { data } = useQuery({
    key: () => ['colleagues', structure() ?? ''],
    query: () => listAccounts({ structure: structure() ?? undefined, limit: COLLEAGUES }),
    enabled: () => structure() !== null,
  });
  return computed(() => usualDomain((data.value?.items ?? []).map(({ email }) => email)));
}
