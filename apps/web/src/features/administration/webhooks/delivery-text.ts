import { useI18n } from 'vue-i18n';
import type { AdminWebhookDelivery } from '../../../api/types';
import { useDates } from '../../../composables/dates/dates';
import { useKnownText } from '../../../composables/texts/known-text';

/** The state of a delivery, as a sentence. */
export function useDeliveryText() {
  const { t } = useI18n();
  const { dayAndTime } = useDates();
  const known = useKnownText();

  function state({ state, attempts, dueAt }: AdminWebhookDelivery): string {
    if (state === 'failed') return t('webhooks.states.failed', attempts);
    if (state !== 'pending') return t(`webhooks.states.${state}`);
    return attempts && dueAt
      ? t('webhooks.states.again', { time: dayAndTime(dueAt) })
      : t('webhooks.states.pending');
  }
  return {
    /** The text of the event; the type itself when the page does not know it. */
    event: ({ type }: AdminWebhookDelivery) => known(`webhooks.events.${type}`, type),
    state,
    /** Result of the latest attempt; empty before the first. */
    answer({ lastFailure, lastStatus: status }: AdminWebhookDelivery): string {
      if (lastFailure) return t(`webhooks.failures.${lastFailure}`, { status });
      return status === null ? '' : t('webhooks.taken', { status });
    },
  };
}
