import * as api from '@portillon/api-client';
import { send } from './call';
import type { Channel } from './types';

export const signInWithPassword = (username: string, password: string) =>
  send(() => api.signInWithPassword({ body: { username, password } }));

export const submitSignInCode = async (code: string, rememberBrowser: boolean) =>
  (await send(() => api.submitSignInCode({ body: { code, rememberBrowser } }))).session;

export const readSignInReceipt = () => send(() => api.getSignInCodeReceipt());

export const resendSignInCode = async (channel?: Channel) =>
  (await send(() => api.resendSignInCode({ body: { channel } }))).challenge;
