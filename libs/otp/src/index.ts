export type {
  Challenge,
  Checked,
  Issued,
  Locked,
  OtpChannel,
  OtpPurpose,
  OtpRequest,
  OtpSubmission,
} from './one-time-code';
export { Otp } from './otp';
export { OtpModule } from './otp.module';
export { otpPersistence } from './otp.persistence';
export { OtpPolicy } from './otp.policy';
export type { OtpOptions } from './otp.policy';
