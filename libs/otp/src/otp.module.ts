import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { CodeMaker } from './code.maker';
import { Otp } from './otp';
import { OtpOptions, OtpPolicy } from './otp.policy';
import { OtpRecords } from './otp.records';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<OtpOptions>()
  .setClassMethodName('forRoot')
  .build();

/**
 * Provides {@link Otp}, and {@link OtpPolicy} with the numbers in force.
 * Needs `KernelModule` and `PersistenceModule`, the latter with `otpPersistence`.
 */
@Module({
  providers: [
    {
      provide: OtpPolicy,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: OtpOptions) => new OtpPolicy(options),
    },
    CodeMaker,
    OtpRecords,
    Otp,
  ],
  exports: [Otp, OtpPolicy],
})
export class OtpModule extends ConfigurableModuleClass {}
