import { nextTick, onMounted, type ShallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useForm } from '../form';

const DIGITS = 6;

/**
 * State of the form for an authenticator app's code. The field takes the focus at once, and after each refused code.
 */
export function useAppCode(
  field: Readonly<ShallowRef<{ focus: () => void } | null>>,
  submit: (code: string) => Promise<unknown>,
) {
  const { t } = useI18n();
  const form = useForm({
    initial: () => ({ code: '' }),
    rules: { code: ({ code }) => (code.length < DIGITS ? t('code.missing', { count: DIGITS }) : '') },
    refusals: { code: ({ code }) => (code === 'totp.rejected' ? t('problems.totp.rejected') : '') },
    submit: ({ code }) => submit(code),
  });
  /** Sends the code as soon as it is complete. */
  async function submitWhole(): Promise<void> {
    await nextTick();
    if (form.values.code.length === DIGITS) await form.send();
  }
  onMounted(() => field.value?.focus());
  watch(
    () => form.errors.code,
    (error) => error && nextTick(() => field.value?.focus()),
  );
  return { form, submitWhole };
}
