import { useQueryCache } from '@pinia/colada';
import { readonly, ref, type Ref } from 'vue';
import { ApiProblem } from '../../api/problem';

/**
 * Whether the API wants a card or Pro Santé Connect for administration, and this session came with a password: the first
 * question of any page has that answer, and no other would have another.
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
