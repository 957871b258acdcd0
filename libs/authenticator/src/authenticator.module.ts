import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PersistenceModule } from '@portillon/persistence';
import { AuthenticatorPersonalData } from './authenticator.personal-data';
import { AuthenticatorPurgeJob } from './authenticator-purge.job';
import { authenticatorPersistence } from './authenticator.persistence';
import { AuthenticatorService } from './authenticator.service';
import { ChallengeService } from './challenge/challenge.service';
import { PasskeyAssertionService } from './passkey/passkey-assertion.service';
import { PasskeyOwnerRepository } from './passkey/passkey-owner.repository';
import { PasskeyRegistrationService } from './passkey/passkey-registration.service';
import { ConfigurableModuleClass } from './passkey.options';
import { PasskeyRepository } from './passkey/passkey.repository';
import { PasskeyService } from './passkey/passkey.service';
import { RecoveryCodeRepository } from './recovery-code/recovery-code.repository';
import { RecoveryCodeService } from './recovery-code/recovery-code.service';
import { TotpCodeService } from './totp/totp-code.service';
import { TotpEnrolmentService } from './totp/totp-enrolment.service';
import { TotpRepository } from './totp/totp.repository';
import { TotpService } from './totp/totp.service';
import { UsedChallengeRepository } from './challenge/used-challenge.repository';

const SERVICES = [
  AuthenticatorService,
  PasskeyAssertionService,
  PasskeyRegistrationService,
  PasskeyService,
  RecoveryCodeService,
  TotpEnrolmentService,
  TotpService,
];

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
