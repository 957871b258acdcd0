import { useQuery } from '@pinia/colada';
import { getLegalNotice } from '../api/setup.api';

/** Facts about the operator that the law requires. */
export function useLegalNotice() {
  return useQuery({ key: ['legal-notice'], query: getLegalNotice });
}
