import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { RememberedBrowsers } from './remembered-browsers';
import { SessionOptions, SessionPolicy } from './session.policy';
import { Sessions } from './sessions';
import { SignIns } from './sign-ins';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<SessionOptions>()
  .setClassMethodName('forRoot')
  .build();

/**
 * Provides {@link Sessions}, {@link SignIns} and {@link RememberedBrowsers}.
 * Needs `KernelModule` and `PersistenceModule`, the latter with `sessionPersistence`.
 */
@Module({
  providers: [
    {
      provide: SessionPolicy,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: SessionOptions) => new SessionPolicy(options),
    },
    Sessions,
    SignIns,
    RememberedBrowsers,
  ],
  exports: [SessionPolicy, Sessions, SignIns, RememberedBrowsers],
})
export class SessionModule extends ConfigurableModuleClass {}
