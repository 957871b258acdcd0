import * as api from '@portillon/api-client';
import { send } from './call';

export const confirmWithLockerKey = async (key: string) =>
  (await send(() => api.confirmWithLockerKey({ body: { key } }))).session;

export const signInWithLockerKey = async (key: string) =>
  (await send(() => api.signInWithLockerKey({ body: { key } }))).session;
