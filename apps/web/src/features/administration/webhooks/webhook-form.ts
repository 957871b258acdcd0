import { useI18n } from 'vue-i18n';
import type { ApiProblem } from '../../../api/problem';
import type { WebhookEventType } from '../../../api/types';

/** Events that a webhook can receive, in display order. */
export const EVENTS = [
  'account.created',
  'account.changed',
  'account.deactivated',
  'account.reactivated',
  'account.erased',
  'account.locked',
  'account.reported',
  'membership.opened',
  'membership.changed',
  'membership.ended',
  'session.opened',
  'session.ended',
  'factor.changed',
  'emergency_access.opened',
  'emergency_access.closed',
  'import.finished',
] as const satisfies WebhookEventType[];

/** The form of a webhook. */
export interface WebhookFields {
  name: string;
  url: string;
  events: WebhookEventType[];
}

/** Converts to the API's format. */
export const webhookBody = ({ name, url, events }: WebhookFields) => ({
  name: name.trim(),
  url: url.trim(),
  events: EVENTS.filter((one) => events.includes(one)),
});

const CODES = ['url-refused', 'address-refused'];

/** Help texts and errors of the fields. */
export function useWebhookTexts() {
  const { t } = useI18n();
  const refusal = (field: keyof WebhookFields) => (problem: ApiProblem) => {
    const reason = problem.reasonOf(field);
    if (!reason) return '';
    return t(`webhooks.refused.${CODES.includes(reason) ? reason : 'invalid'}`);
  };
  return {
    rules: {
      name: ({ name }: WebhookFields) => (name.trim() ? '' : t('webhooks.missing.name')),
      url: ({ url }: WebhookFields) => (url.trim() ? '' : t('webhooks.missing.url')),
      events: ({ events }: WebhookFields) => (events.length ? '' : t('webhooks.missing.events')),
    },
    refusals: { name: refusal('name'), url: refusal('url'), events: refusal('events') },
  };
}
