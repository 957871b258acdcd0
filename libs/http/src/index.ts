export { BodyPipe, validateBody } from './body.pipe';
export { addressBlock, browserName, callerOf, clientOf, isLoopback, localeOf, setCaller } from './client';
export type { Caller, Client } from './client';
export type { Locale } from '@portillon/kernel';
export type { CrossOrigin } from './origin';
export { IsChannel, NullableInstant, NullableText, OneLine, Optional, SaysSomething } from './fields';
export { LogsRefusals, Public, PUBLIC_ROUTE, TakesCsv, TakesForm } from './route.decorators';
export { httpErrors, httpFields } from './http.errors';
export { foldedPath } from './problems';
export type { Problems } from './problems';
export { configureServer, createAdapter } from './server';
export type { ServerOptions, ServerRules } from './server';
export { captureOutput, createLogger, instanceName, NestLogger } from './logger';
export type { LogOptions } from './logger';
export { parseStrictJson } from './strict-json';
export type {} from './request-id';
export { certificatesOf } from './certificates';
export { CSV_BEGINNING, CSV_TYPE, csvFile, csvLine } from './query/csv';
export { SeenVersion, setVersion } from './query/entity-tag';
export {
  queryBoolean,
  queryChoice,
  queryDay,
  queryInstant,
  queryLimit,
  queryPattern,
  queryText,
  queryWords,
  YES_OR_NO,
} from './query/query';
export { IdempotencyModule } from './idempotency/idempotency.module';
export type {} from './idempotency/idempotency.errors';
export { idempotencyPersistence } from './idempotency/idempotency.persistence';
export { Idempotent } from './idempotency/idempotency.interceptor';
