export type {
  Account,
  AccountInvitation,
  AccountSelection,
  ActivityItem,
  AdminAccount,
  AdminAccountItem,
  AdminApplication,
  AdminApplicationIssuedSecret,
  AdminEvent,
  AdminEventPerson,
  AdminGateExplanation,
  AdminGateRule,
  AdminGateRules,
  AdminImport,
  AdminPolicy,
  AdminStructure,
  AdminWebhook,
  AdminWebhookDelivery,
  ApplicationKind,
  BrowserItem,
  Challenge,
  EmergencyMeans,
  InteractionView as Interaction,
  Means,
  OwnApplication,
  ReportFigures,
  Role,
  Service,
  Session,
  SignInReport,
  WebhookEventType,
} from '@portillon/api-client';
import type { Account, AdminAccount } from '@portillon/api-client';

export type Channel = Account['codeChannel'];
export type Locale = Account['locale'];
export type AccountStatus = AdminAccount['status'];
