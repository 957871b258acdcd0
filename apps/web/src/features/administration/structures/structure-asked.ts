import { useQuery } from '@pinia/colada';
import { getStructure } from '../../../api/administration.api';

/** The structure whose id the address has; none where it has none. */
export function useStructureAsked(id: () => string) {
  return useQuery({
    key: () => ['admin-structure', id()],
    query: () => getStructure(id()),
    enabled: () => id() !== '',
  }).data;
}
