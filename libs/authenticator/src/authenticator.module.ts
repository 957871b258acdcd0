import { Module, Injectable } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PersistenceModule, PurgeJob } from '@portillon/persistence';
import { authenticatorPersistence } from './authenticator.persistence';
import { AuthenticatorPersonalData } from './authenticator.personal-data';
import { AuthenticatorService } from './authenticator.service';
import { ChallengeService, UsedChallengeRepository } from './challenge.service';
import { ConfigurableModuleClass } from './passkey.options';
import { PasskeyAssertionService } from './passkey/passkey-assertion.service';
import { PasskeyOwnerRepository } from './passkey/passkey-owner.repository';
import { PasskeyRegistrationService } from './passkey/passkey-registration.service';
import { PasskeyRepository } from './passkey/passkey.repository';
import { PasskeyService } from './passkey/passkey.service';
import { RecoveryCodeRepository } from './recovery-code/recovery-code.repository';
import { RecoveryCodeService } from './recovery-code/recovery-code.service';
import { TotpCodeService } from './totp/totp-code.service';
import { TotpEnrolmentService } from './totp/totp-enrolment.service';
import { TotpRepository } from './totp/totp.repository';
import { TotpService } from './totp/totp.service';

const SERVICES = [
  AuthenticatorService,
  PasskeyAssertionService,
  PasskeyRegistrationService,
  PasskeyService,
  RecoveryCodeService,
  TotpEnrolmentService,
  TotpService,
];

/** Deletes expired challenges, apps that were never confirmed, and passkeys 30 days after their end. */
@Injectable()
export class AuthenticatorPurgeJob extends PurgeJob {
  constructor(challenges: ChallengeService, passkeys: PasskeyService, totp: TotpService) {
    super({ challenges, passkeys, apps: totp });
  }
}

/** Passkeys, authenticator apps and recovery codes. */
@Module({
  imports: [PersistenceModule, TypeOrmModule.forFeature(authenticatorPersistence.entities)],
  providers: [
    PasskeyRepository,
    PasskeyOwnerRepository,
    UsedChallengeRepository,
    ChallengeService,
    RecoveryCodeRepository,
    TotpRepository,
    TotpCodeService,
    ...SERVICES,
    AuthenticatorPersonalData,
    AuthenticatorPurgeJob,
  ],
  exports: SERVICES,
})
export class AuthenticatorModule extends ConfigurableModuleClass {}
