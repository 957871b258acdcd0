export { confirmed, signInProvedAt } from './confirmation';
export { DeviceHistoryService } from './device-history.service';
export type { SessionHistoryItem, TrustedDeviceHistoryItem } from './device-history.service';
export type { TrustedDevice, DeviceRecognition } from './trusted-device.types';
export { TrustedDeviceService } from './trusted-device.service';
export type {
  CodeLimit,
  CodeWay,
  Confirmation,
  Device,
  EndedSession,
  NewSession,
  Principal,
  Session,
  SessionActivity,
  SessionChanges,
  SessionMeans,
  SessionProof,
} from './session.types';
export type { SessionEndSubscriber } from './session-end-subscriber.types';
export { isCodeLate } from './late-code.policy';
export { SessionModule } from './session.module';
export { sessionPersistence } from './session.persistence';
export { SessionPolicy } from './session.policy';
export type { SessionOptions } from './session.policy';
export { SessionService } from './session.service';
export type { NewPendingSignIn, PendingSignIn } from './pending-sign-in.types';
export { PendingSignInService } from './pending-sign-in.service';
export { TicketService } from './ticket.service';
export type { IssuedTicket, RedeemableTicket, TicketPurpose } from './ticket.service';
