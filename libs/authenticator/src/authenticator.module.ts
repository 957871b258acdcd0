import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PersistenceModule } from '@portillon/persistence';
import { AuthenticatorPurgeJob } from './authenticator-purge.job';
import { authenticatorPersistence } from './authenticator.persistence';
import { AuthenticatorService } from './authenticator.service';
import { ChallengeService } from './challenge.service';
import { PasskeyAssertionService } from './passkey-assertion.service';
import { PasskeyOwnerRepository } from './passkey-owner.repository';
import { PasskeyRegistrationService } from './passkey-registration.service';
import { ConfigurableModuleClass } from './passkey.options';
import { PasskeyRepository } from './passkey.repository';
import { PasskeyService } from './passkey.service';
import { RecoveryCodeRepository } from './recovery-code.repository';
import { RecoveryCodeService } from './recovery-code.service';
import { TotpCodeService } from './totp-code.service';
import { TotpEnrolmentService } from './totp-enrolment.service';
import { TotpSealService } from './totp-seal.service';
import { TotpRepository } from './totp.repository';
import { TotpService } from './totp.service';
import { UsedChallengeRepository } from './used-challenge.repository';

const SERVICES = [
  AuthenticatorService,
  PasskeyAssertionService,
  PasskeyRegistrationService,
  PasskeyService,
  RecoveryCodeService,
  TotpEnrolmentService,
  TotpService,
];

/** Passkeys, authenticator apps and recovery codes. Needs the kernel's and the persistence's modules, the latter with `authenticatorPersistence`. */
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
    TotpSealService,
    ...SERVICES,
    AuthenticatorPurgeJob,
  ],
  exports: SERVICES,
})
export class AuthenticatorModule extends ConfigurableModuleClass {}
