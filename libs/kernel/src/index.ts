export { configurableModule } from './configurable-module';
export { AppError, tooMany } from './errors/app-error';
export type { AppErrorOptions, FieldError } from './errors/app-error';
export { bounded, boundFault } from './bounded';
export type { Bound } from './bounded';
export {
  channelNames,
  channelOf,
  declareChannel,
  proofBy,
  reachesMail,
  reachesPhone,
} from './channel-registry';
export type { Channel, ChannelDefinition, ChannelProof, Channels } from './channel-registry';
export {
  addMilliseconds,
  Clock,
  DAY,
  epochSeconds,
  HOUR,
  isCalendarDay,
  MINUTE,
  SECOND,
  SystemClock,
  withTimeout,
  later,
} from './clock';
export { ErrorCatalogService, ErrorsModule } from './errors/error-catalog.service';
export type { ErrorDefinition, ErrorDefinitions, ErrorText, FieldTexts, Locale } from './errors/errors.types';
export type { ErrorCode, ErrorRegistry } from './errors/error-registry.types';
export { failureFinding, failureKind, failureText, findAnswer, reasonText } from './findings/failure-text';
export { FindingRegistry, registerFindings } from './findings/finding-registry';
export { NOT_SET } from './findings/finding.types';
export type { Examined } from './findings/finding-registry';
export type {
  Finding,
  FindingOf,
  FindingSource,
  FindingState,
  FindingValues,
} from './findings/finding.types';
export { presentedCertificates } from './findings/presented-certificate';
export type { PresentedCertificate } from './findings/presented-certificate';
export { KernelModule } from './kernel.module';
export { Keyring } from './keyring';
export { QueueJob, ScheduledJob } from './scheduled-job';
export { maskEmail, maskNationalId, maskPhone } from './mask';
export { CURSOR_SHAPE, fromCursor, itemsOf, pageSize, toCursor, unknownCursor } from './page-cursor';
export { MetricsRegistry } from './metrics-registry';
export { dayAndTimeInParis, parisClock, parisDate, parisDay, parisTime } from './paris-time';
export { PURGE_EVERY_MS, purgeAll } from './retention';
export type { Purge } from './retention';
export { isAmong, isSmallNetwork } from './network-address';
export { beginningWith, hasVisibleText, nameKey, sortKey } from './name-key';
export { lowestId, Random, SystemRandom, timeOfId } from './random';
export { digestSecret, isSameSecret, issueToken, parseToken, secretMatches } from './token';
export type { ParsedToken } from './token';
export { traced } from './traced';
export type { TracedCall } from './traced';
