import * as api from '@portillon/api-client';
import { call } from './call';

const one = (id: string) => ({ path: { id } });

export const listWebhooks = (cursor?: string) => call(() => api.listAdminWebhooks({ query: { cursor } }));
export const getWebhook = (id: string) => call(() => api.getAdminWebhook(one(id)));
/** Only this answer contains the secret. */
export const createWebhook = (body: api.WebhookRegistration) => call(() => api.createAdminWebhook({ body }));
/** `version` is the one that the page has read: the API refuses a change to a newer one. */
export const editWebhook = (id: string, version: number, body: api.WebhookUpdate) =>
  call(() => api.updateAdminWebhook({ ...one(id), headers: { 'If-Match': `"${version}"` }, body }));
export const deleteWebhook = (id: string) => call(() => api.deleteAdminWebhook(one(id)));
export const replaceSecret = (id: string) =>
  call(() => api.rotateAdminWebhookSecret({ ...one(id), body: {} }));

/** Sends one event and waits for the result. */
export const testWebhook = (id: string) => call(() => api.testAdminWebhook({ ...one(id), body: {} }));
export const listDeliveries = (id: string, cursor?: string) =>
  call(() => api.listAdminWebhookDeliveries({ ...one(id), query: { cursor } }));
export const replayDelivery = (id: string, deliveryId: string) =>
  call(() => api.replayAdminWebhookDelivery({ path: { id, deliveryId }, body: {} }));
