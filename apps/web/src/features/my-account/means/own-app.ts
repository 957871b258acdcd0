import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { getTotp } from '../../../api/totp.api';

/** The account holder's authenticator app, and whether it gives their codes: messages then are its fallback. */
export function useOwnApp() {
  const query = useQuery({ key: ['totp'], query: getTotp });
  return {
    query,
    givesCodes: computed(() => Boolean(query.data.value?.offered && query.data.value.confirmedAt)),
  };
}
