import * as api from '@portillon/api-client';
import { send } from './call';

export const getService = () => send(() => api.getService());

/** The ways to sign in, in the order to show them. */
export const listMeans = async () => (await send(() => api.listMeans())).means;
