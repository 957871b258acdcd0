import * as api from '@portillon/api-client';
import { call, send } from './call';

export const signInWithRecoveryCode = async (code: string) =>
  (await send(() => api.signInWithRecoveryCode({ body: { code } }))).session;

export const getRecoveryCodes = () => call(() => api.getRecoveryCodes());
export const createRecoveryCodes = async (currentPassword?: string) =>
  (await call(() => api.createRecoveryCodes({ body: { currentPassword } }))).codes;
export const deleteRecoveryCodes = () => call(() => api.deleteRecoveryCodes());
