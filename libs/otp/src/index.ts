export type {
  AttemptCount,
  CodeAccepted,
  CodeCheck,
  CodeIssue,
  CodesBy,
  OtpChallenge,
  OtpLock,
  OtpPurpose,
  OtpPurposes,
  OtpRequest,
  OtpSubmission,
  UnansweredCode,
} from './otp.types';
export { OtpAttemptService } from './otp-attempt.service';
export { OtpService } from './otp.service';
export { UnansweredCodeService } from './unanswered-code.service';
export { OtpModule } from './otp.module';
export { otpPersistence } from './otp.persistence';
export { OtpPolicy } from './otp.policy';
export type { OtpOptions } from './otp.policy';
