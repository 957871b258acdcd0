import { useMutation } from '@pinia/colada';
import { computed, reactive, ref } from 'vue';
import type { ApiProblem } from '../api/problem';
import { useWait } from './dates/wait';
import { useDraft } from './drafts';
import { useTitledError } from './page/page-title';

export interface FormOptions<Values extends object> {
  /** Values of the fields at first, and after `reset`. */
  initial: () => Values;
  /** Returns the error of a field before the request, as a sentence; empty without one. */
  rules?: { [Field in keyof Values]?: (values: Values) => string };
  /** Returns the API's error of a field, as a sentence; empty without one. */
  refusals?: { [Field in keyof Values]?: (problem: ApiProblem) => string };
  /** Returns `unsaved` when the values are still to be sent. */
  submit: (values: Values) => Promise<unknown>;
}

/** State of a form: the typed values, the errors, and the request that sends it. Shown by `ui/AppForm.vue`. */
export function useForm<Values extends object>(options: FormOptions<Values>) {
  const values = reactive(options.initial()) as Values;
  const checked = ref(false);
  const request = useMutation({
    mutation: async () => {
      if ((await options.submit(values)) !== 'unsaved') draft.settle();
    },
  });
  const draft = useDraft(values as Record<string, unknown>, () => request.isLoading.value);
  const problem = request.error;
  const wait = useWait(() => problem.value?.retryAt);
  const fields = Object.keys(values) as (keyof Values)[];

  const errors = computed(
    () => Object.fromEntries(fields.map((field) => [field, errorOf(field)])) as Record<keyof Values, string>,
  );
  useTitledError(() => problem.value !== null || fields.some((field) => errors.value[field]));

  function errorOf(field: keyof Values): string {
    const broken = checked.value && options.rules?.[field]?.(values);
    return broken || (problem.value && options.refusals?.[field]?.(problem.value)) || '';
  }
  /** Sends the typed values if they are valid. A call during a running request has no effect. */
  async function send(): Promise<void> {
    if (request.isLoading.value) return;
    checked.value = true;
    const broken = fields.some((field) => options.rules?.[field]?.(values));
    if (!broken && !problem.value?.tooSoon) await request.mutateAsync().catch(() => undefined);
  }
  /** Clears the errors of a refusal, and its wait. */
  const forget = () => request.reset();
  function reset(): void {
    Object.assign(values, options.initial());
    draft.settle();
    checked.value = false;
    forget();
  }
  const { isResumed } = draft;
  return reactive({ values, errors, problem, isResumed, busy: request.isLoading, wait, send, forget, reset });
}
