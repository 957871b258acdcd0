import { nextTick, onMounted, type ShallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useForm } from '../form';

const DIGITS = 6;

/** The form of a code that an app shows. Its field has the focus at once, and after each code that was refused. */
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
  /** Sends a code that is whole: it needs no more than to be there. */
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
