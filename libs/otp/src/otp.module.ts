import { Module, Injectable } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configurableModule } from '@portillon/kernel';
import { PersistenceModule, PurgeJob } from '@portillon/persistence';
import { OtpAttemptService } from './otp-attempt.service';
import { OtpChallengeEntity } from './otp-challenge.entity';
import { OtpChallengeRepository } from './otp-challenge.repository';
import { OtpCodeService } from './otp-code.service';
import { OtpSubjectEntity, OtpSubjectRepository } from './otp-subject.repository';
import { OtpOptions, OtpPolicy } from './otp.policy';
import { OtpService } from './otp.service';
import { UnansweredCodeService } from './unanswered-code.service';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<OtpOptions>();

/** Deletes codes a day after they ended. */
@Injectable()
export class OtpPurgeJob extends PurgeJob {
  constructor(otp: OtpService) {
    super({ codes: otp });
  }
}

/** Provides {@link OtpService}, {@link UnansweredCodeService} for limits, and {@link OtpPolicy} with the effective numbers. */
@Module({
  imports: [PersistenceModule, TypeOrmModule.forFeature([OtpChallengeEntity, OtpSubjectEntity])],
  providers: [
    {
      provide: OtpPolicy,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: OtpOptions) => new OtpPolicy(options),
    },
    OtpCodeService,
    OtpChallengeRepository,
    OtpSubjectRepository,
    OtpService,
    OtpAttemptService,
    UnansweredCodeService,
    OtpPurgeJob,
  ],
  exports: [OtpService, OtpAttemptService, UnansweredCodeService, OtpPolicy],
})
export class OtpModule extends ConfigurableModuleClass {}
