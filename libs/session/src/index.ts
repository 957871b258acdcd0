export { amrOfFactor, confirmed, signInProvedAt } from './session/confirmation';
export type { KeptSession } from './session/session.repository';
export type { KeptDevice } from './trusted-device/trusted-device.repository';
export type { TrustedDevice, DeviceRecognition } from './trusted-device/trusted-device.types';
export { TrustedDeviceService } from './trusted-device/trusted-device.service';
export type {
  CodeLimit,
  Confirmation,
  Device,
  EndedSession,
  NewSession,
  Principal,
  Session,
  SessionActivity,
  SessionChanges,
  SessionFactor,
  SessionFactorNames,
  SessionMeans,
  SessionMeansNames,
  SessionProof,
} from './session/session.types';
export type { SessionEndSubscriber } from './session/session.types';
export { isCodeLate } from './session/session.types';
export { SessionModule } from './session.module';
export type {} from './session.personal-data';
export { sessionPersistence } from './session.persistence';
export { SessionPolicy } from './session/session.policy';
export type { SessionOptions } from './session/session.policy';
export { SessionService } from './session/session.service';
export type { PendingSignIn } from './session/session.types';
export { PendingSignInService } from './pending-sign-in/pending-sign-in.service';
export { TICKET_MS, TicketService } from './ticket/ticket.service';
export type { IssuedTicket, RedeemableTicket } from './ticket/ticket.service';
