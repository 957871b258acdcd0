export { amrOfFactor, confirmed, SessionPolicy, signInProvedAt } from './session/session.policy';
export type { KeptSession } from './session/session.repository';
export type { KeptDevice } from './trusted-device/trusted-device.repository';
export type { DeviceRecognition, TrustedDevice } from './trusted-device/trusted-device.policy';
export { TrustedDeviceService } from './trusted-device/trusted-device.service';
export type {
  CodeLimit,
  Confirmation,
  Device,
  EndedSession,
  NewSession,
  PendingSignIn,
  Principal,
  Session,
  SessionActivity,
  SessionChanges,
  SessionEndSubscriber,
  SessionFactor,
  SessionFactorNames,
  SessionMeans,
  SessionMeansNames,
  SessionProof,
} from './session/session.types';
export { isCodeLate } from './session/session.types';
export { SessionModule } from './session.module';
export type {} from './session.personal-data';
export { sessionPersistence } from './session.persistence';
export type { SessionOptions } from './session/session.policy';
export { SessionService } from './session/session.service';
export { PendingSignInService } from './pending-sign-in/pending-sign-in.service';
export { TICKET_MS, TicketService } from './ticket/ticket.service';
export type { IssuedTicket, RedeemableTicket } from './ticket/ticket.service';
