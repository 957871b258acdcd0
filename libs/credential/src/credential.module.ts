import { Module, Injectable } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configurableModule, ErrorsModule, registerFindings } from '@portillon/kernel';
import { PersistenceModule, PurgeJob } from '@portillon/persistence';
import { BreachedPasswordFindings } from './breached-passwords';
import { credentialErrors, credentialFields } from './credential.errors';
import {
  CredentialOptions,
  PASSWORD_OPTIONS,
  passwordOptions,
  RECOVERY_OPTIONS,
  recoveryOptions,
} from './credential.options';
import { credentialPersistence, CredentialPersonalData } from './credential.persistence';
import { PasswordAttemptRepository } from './password-attempt.repository';
import { PasswordAttemptService } from './password-attempt.service';
import { PasswordHashingService } from './password-hashing.service';
import { PasswordStrengthService } from './password-strength.service';
import { ResetRequestRepository, ResetRequestService } from './reset-request.service';
import { AccountTokenRepository } from './tokens/account-token.repository';
import { AccountTokenService } from './tokens/account-token.service';
import { NoticeLinkRepository } from './tokens/notice-link.repository';
import { NoticeLinkService } from './tokens/notice-link.service';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<CredentialOptions>();

const SERVICES = [
  PasswordHashingService,
  PasswordStrengthService,
  PasswordAttemptService,
  AccountTokenService,
  NoticeLinkService,
  ResetRequestService,
];

/** Deletes old password attempts, and expired reset requests and links. */
@Injectable()
export class CredentialPurgeJob extends PurgeJob {
  constructor(
    attempts: PasswordAttemptService,
    resetRequests: ResetRequestService,
    tokens: AccountTokenService,
    noticeLinks: NoticeLinkService,
  ) {
    super({ attempts, resetRequests, tokens, noticeLinks });
  }
}

/** Passwords, the count of attempts, and the links for choosing a password. */
@Module({
  imports: [
    PersistenceModule,
    ErrorsModule.forFeature(credentialErrors, credentialFields),
    TypeOrmModule.forFeature(credentialPersistence.entities),
  ],
  providers: [
    {
      provide: PASSWORD_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: CredentialOptions) => passwordOptions(options.passwords),
    },
    {
      provide: RECOVERY_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: CredentialOptions) => recoveryOptions(options.recovery),
    },
    PasswordAttemptRepository,
    AccountTokenRepository,
    NoticeLinkRepository,
    ResetRequestRepository,
    ...SERVICES,
    ...registerFindings(BreachedPasswordFindings),
    CredentialPersonalData,
    CredentialPurgeJob,
  ],
  exports: SERVICES,
})
export class CredentialModule extends ConfigurableModuleClass {}
