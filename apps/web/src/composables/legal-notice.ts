import { useQuery } from '@pinia/colada';
import { getLegalNotice } from '../api/setup.api';

/** What the operator has told of itself, as the law asks. */
export function useLegalNotice() {
  return useQuery({ key: ['legal-notice'], query: getLegalNotice });
}
