export type {
  Account,
  AccountInvitation,
  ActivityItem,
  AdminAccount,
  AdminAccountItem,
  AdminApplication,
  AdminApplicationIssuedSecret,
  AdminGateExplanation,
  AdminGateRule,
  AdminGateRules,
  AdminImport,
  AdminPolicy,
  AdminEvent,
  AdminEventPerson,
  AdminStructure,
  AdminWebhook,
  AdminWebhookDelivery,
  ApplicationKind,
  ApplicationStatus,
  BrowserItem,
  Challenge,
  EmergencyMeans,
  InteractionView as Interaction,
  Means,
  Role,
  ReportFigures,
  Session,
  SignInReport,
  WebhookEventType,
} from '@portillon/api-client';
import type { Account, AdminAccount } from '@portillon/api-client';

export type Channel = Account['codeChannel'];
export type Locale = Account['locale'];
export type AccountStatus = AdminAccount['status'];
