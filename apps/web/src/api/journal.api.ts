import * as api from '@portillon/api-client';
import { call } from './call';
import { asFile, callForFile } from './file';

export type EventFilter = Omit<NonNullable<api.ListAdminEventsData['query']>, 'cursor' | 'limit'>;
export type EventFormat = api.EventExportFormat;
export type ReportQuery = NonNullable<api.GetSignInReportData['query']>;

export const listEvents = (filter: EventFilter, cursor?: string, limit?: number) =>
  call(() => api.listAdminEvents({ query: { ...filter, cursor, limit } }));

export const exportEvents = (filter: EventFilter, format: EventFormat) =>
  callForFile(() => api.exportAdminEvents({ query: { ...filter, format }, ...asFile }));

export const getIdentityReport = (query: { structure?: string }) =>
  call(() => api.getIdentityReport({ query }));
export const getStrongMeansReport = (query: ReportQuery) => call(() => api.getStrongMeansReport({ query }));
export const getReport = (query: ReportQuery) => call(() => api.getSignInReport({ query }));

export const exportReport = (query: ReportQuery) =>
  callForFile(() => api.exportSignInReport({ query, ...asFile }));

export const getApplicationReport = (query: NonNullable<api.GetApplicationReportData['query']>) =>
  call(() => api.getApplicationReport({ query }));

export const getEventProof = () => call(() => api.getAdminEventProof());
export const proveEvents = (head?: string) => call(() => api.proveAdminEvents({ body: { head } }));
export const getEventSeal = (sequence: number) =>
  call(() => api.getAdminEventSeal({ path: { sequence: String(sequence) } }));
