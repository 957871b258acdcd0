export type {
  AttemptCount,
  CodeAccepted,
  CodeCheck,
  CodeIssue,
  OtpChallenge,
  OtpLock,
  OtpRequest,
  OtpSubmission,
} from './otp.types';
export type { OtpPurpose, OtpPurposes } from './otp.types';
export { OtpAttemptService } from './otp-attempt.service';
export { OtpService } from './otp.service';
export { UnansweredCodeService } from './unanswered-code.service';
export type { CodesBy, UnansweredCode } from './otp.types';
export { OtpModule } from './otp.module';
export { otpPersistence } from './otp.persistence';
export { OtpPolicy } from './otp.policy';
export type { OtpOptions } from './otp.policy';
