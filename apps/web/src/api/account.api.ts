import * as api from '@portillon/api-client';
import { call } from './call';

export const getAccount = () => call(() => api.getAccount());

export const updateAccount = (body: api.AccountUpdate) => call(() => api.updateAccount({ body }));

export const setPhone = (phoneNumber: string, currentPassword?: string) =>
  call(() => api.setPhone({ body: { phoneNumber, currentPassword } }));

export const removePhone = (currentPassword?: string) =>
  call(() => api.removePhone({ body: { currentPassword } }));

export const requestPhoneVerification = async () =>
  (await call(() => api.requestPhoneVerification())).challenge;

export const submitPhoneVerificationCode = (code: string) =>
  call(() => api.submitPhoneVerificationCode({ body: { code } }));

export const changePassword = (currentPassword: string, newPassword: string) =>
  call(() => api.changePassword({ body: { currentPassword, newPassword } }));

export const listSessions = async () => (await call(() => api.listSessions())).items;
export const endSession = (id: string) => call(() => api.endSession({ path: { id } }));
export const endOtherSessions = () => call(() => api.endOtherSessions());

export const listBrowsers = async () => (await call(() => api.listBrowsers())).items;
export const forgetBrowser = (id: string) => call(() => api.forgetBrowser({ path: { id } }));
export const forgetAllBrowsers = () => call(() => api.forgetAllBrowsers());

export const listActivity = (cursor?: string) => call(() => api.listActivity({ query: { cursor } }));

export const requestEmailChange = async (email: string, currentPassword?: string) =>
  (await call(() => api.requestEmailChange({ body: { email, currentPassword } }))).challenge;
export const submitEmailChangeCode = (code: string) =>
  call(() => api.submitEmailChangeCode({ body: { code } }));

export const exportData = () => call(() => api.exportData());
export const requestErasure = () => call(() => api.requestErasure());
export const withdrawErasure = () => call(() => api.withdrawErasure());

export const getWeeklyMail = () => call(() => api.getWeeklyMail());
export const chooseWeeklyMail = (chosen: boolean) => call(() => api.chooseWeeklyMail({ body: { chosen } }));

export const getStrongMeans = () => call(() => api.getStrongMeans());
export const noteStrongMeansPrompt = () => call(() => api.noteStrongMeansPrompt());
