import * as api from '@portillon/api-client';
import { call, send } from './call';

export const signInWithTotp = async (code: string, rememberBrowser: boolean) =>
  (await send(() => api.signInWithTotp({ body: { code, rememberBrowser } }))).session;

export const confirmWithTotp = async (code: string) =>
  (await send(() => api.confirmWithTotp({ body: { code } }))).session;

export const getTotp = () => call(() => api.getTotp());
export const beginTotp = (currentPassword?: string) =>
  call(() => api.beginTotp({ body: { currentPassword } }));
export const confirmTotp = (code: string) => call(() => api.confirmTotp({ body: { code } }));
export const removeTotp = () => call(() => api.removeTotp());
