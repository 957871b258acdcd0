import { useQuery } from '@pinia/colada';
import { getStructure } from '../../../api/administration.api';

/** The structure whose id is in the address, if any. */
export function useStructureAsked(id: () => string) {
  return useQuery({
    key: () => ['admin-structure', id()],
    query: () => getStructure(id()),
    enabled: () => id() !== '',
  }).data;
}
