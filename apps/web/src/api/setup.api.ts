import * as api from '@portillon/api-client';
import { call, send } from './call';

/** Reads the public facts of the organisation that runs the service. */
export const getLegalNotice = () => send(() => api.getLegalNotice());

export const getAdminLegalNotice = () => call(() => api.getAdminLegalNotice());
/** The version that the page has read: the API refuses a change to a newer one. */
export const setLegalNotice = (version: number, body: api.LegalNoticeUpdate) =>
  call(() => api.setAdminLegalNotice({ headers: { 'If-Match': `"${version}"` }, body }));

export const getSetup = () => call(() => api.getAdminSetup());
export const sendTestMail = () => call(() => api.sendAdminTestMail());
export const confirmTestMail = (token: string) => call(() => api.confirmAdminTestMail({ body: { token } }));
export const sendTestSms = () => call(() => api.sendAdminTestSms());
export const confirmKeys = () => call(() => api.confirmAdminKeys());
