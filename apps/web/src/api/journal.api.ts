import * as api from '@portillon/api-client';
import { call } from './call';
import { ApiProblem, toProblem } from './problem';

/** A journal of a year is a large file, and a hospital's network may be slow. */
const FILE_PATIENCE_MS = 30 * 60_000;

export type EventFilter = Omit<NonNullable<api.ListAdminEventsData['query']>, 'cursor' | 'limit'>;
export type EventFormat = api.EventExportFormat;
export type ReportQuery = NonNullable<api.GetSignInReportData['query']>;

export const listEvents = (filter: EventFilter, cursor?: string) =>
  call(() => api.listAdminEvents({ query: { ...filter, cursor } }));

export const exportEvents = (filter: EventFilter, format: EventFormat) =>
  file(() => api.exportAdminEvents({ query: { ...filter, format }, ...asFile }));

export const getReport = (query: ReportQuery) => call(() => api.getSignInReport({ query }));

export const exportReport = (query: ReportQuery) => file(() => api.exportSignInReport({ query, ...asFile }));

const asFile = {
  parseAs: 'blob' as const,
  fetch: (input: RequestInfo | URL) => fetch(input, { signal: AbortSignal.timeout(FILE_PATIENCE_MS) }),
};

/** A file that breaks off on its way is a silence of the service, as any other. */
async function file(request: () => Promise<{ data?: Blob | File; error?: unknown }>): Promise<Blob> {
  try {
    return await call(request);
  } catch (failure) {
    throw failure instanceof ApiProblem ? failure : toProblem(failure);
  }
}
