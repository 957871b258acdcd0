export type {
  Account,
  AccountInvitation,
  AccountSort,
  ActivityItem,
  AdminAccount,
  AdminAccountItem,
  AdminApplication,
  AdminApplicationIssuedSecret,
  AdminEvent,
  AdminMeans,
  AdminPasskey,
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
  FactorWay,
  InteractionView as Interaction,
  Means,
  OwnApplication,
  OwnStrongMeans,
  PasskeyCeremony,
  PasskeyItem,
  PolicyEffect,
  ReportFigures,
  Role,
  Service,
  Session,
  SignInReport,
  StrongMeansReport,
  TotpSecret,
  WebhookEventType,
} from '@portillon/api-client';
import type { Account, AdminAccount, InteractionView } from '@portillon/api-client';

export type Channel = Account['codeChannel'];
/** A proof that a person gives in a session that is open. */
export type StepUpWay = InteractionView['codes'][number] | 'passkey';
export type Locale = Account['locale'];
export type AccountStatus = AdminAccount['status'];
