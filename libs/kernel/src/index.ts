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
  Clock,
  DAY,
  epochSeconds,
  HOUR,
  isCalendarDay,
  MINUTE,
  SECOND,
  addMilliseconds,
  SystemClock,
} from './clock';
export { ErrorCatalogService } from './errors/error-catalog.service';
export type { ErrorCode, ErrorRegistry } from './errors/error-registry.types';
export { ErrorsModule } from './errors/errors.module';
export type { ErrorDefinition, ErrorDefinitions, ErrorText, FieldTexts, Locale } from './errors/errors.types';
export { failureKind } from './findings/failure-kind';
export { failureFinding, failureText, findAnswer, reasonText } from './findings/failure-text';
export { FindingRegistry, registerFindings } from './findings/finding-registry';
export type { Examined } from './findings/finding-registry';
export { NOT_SET } from './findings/finding.types';
export { presentedCertificates } from './findings/presented-certificate';
export type { PresentedCertificate } from './findings/presented-certificate';
export type {
  Finding,
  FindingOf,
  FindingSource,
  FindingState,
  FindingValues,
} from './findings/finding.types';
export { KernelModule } from './kernel.module';
export { Keyring } from './keyring';
export { QueueJob } from './queue-job';
export { maskEmail, maskNationalId, maskPhone } from './mask';
export { itemsOf } from './paged-items';
export { CURSOR_SHAPE, fromCursor, pageSize, toCursor, unknownCursor } from './page-cursor';
export { MetricsRegistry } from './metrics-registry';
export { dayAndTimeInParis, parisClock, parisDay, parisTime } from './paris-time';
export { PURGE_EVERY_MS, purgeAll } from './retention';
export type { Purge } from './retention';
export { ScheduledJob } from './scheduled-job';
export { isAmong, isSmallNetwork } from './network-address';
export { beginningWith, nameKey, sortKey } from './name-key';
export { lowestId, Random, SystemRandom, timeOfId } from './random';
export { digestSecret, issueToken, isSameSecret, parseToken, secretMatches } from './token';
export type { ParsedToken } from './token';
export { traced } from './traced';
export type { TracedCall } from './traced';
export { withTimeout } from './with-timeout';
export { hasVisibleText } from './visible-text';
