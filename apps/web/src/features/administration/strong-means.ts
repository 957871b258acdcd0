import { useQueryCache } from '@pinia/colada';
import { readonly, ref, type Ref } from 'vue';
import { ApiProblem } from '../../api/problem';

/**
 * Whether the API requires a card or Pro Santé Connect for administration, and this session began with a password.
 * The first request of any page learns it.
 */
export function useStrongMeansWanted(): Readonly<Ref<boolean>> {
  const wanted = ref(false);
  useQueryCache().$onAction(({ name, onError }) => {
    if (name === 'fetch') onError((failure) => (wanted.value ||= asksForStrongMeans(failure)));
  });
  return readonly(wanted);
}

function asksForStrongMeans(failure: unknown): boolean {
  return failure instanceof ApiProblem && failure.code === 'means.too-weak';
}
