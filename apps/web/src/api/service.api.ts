import * as api from '@portillon/api-client';
import { send } from './call';
import { takeAnswer } from './page-answers';

export const getService = async () => takeAnswer('service') ?? (await send(() => api.getService()));

/** The means of signing in, in display order. */
export const listMeans = async () => takeAnswer('means') ?? (await send(() => api.listMeans())).means;
