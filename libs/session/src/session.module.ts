import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { KeptDevices } from './kept-devices';
import { RememberedBrowsers } from './remembered-browsers';
import { SessionOptions, SessionPolicy } from './session.policy';
import { Sessions } from './sessions';
import { SignIns } from './sign-ins';
import { Tickets } from './tickets';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<SessionOptions>()
  .setClassMethodName('forRoot')
  .build();

/**
 * Provides {@link Sessions}, {@link SignIns}, {@link RememberedBrowsers}, {@link KeptDevices} and
 * {@link Tickets}.
 * Needs `KernelModule` and `PersistenceModule`, the latter with `sessionPersistence`.
 */
@Module({
  providers: [
    {
      provide: SessionPolicy,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: SessionOptions) => new SessionPolicy(options),
    },
    KeptDevices,
    Sessions,
    SignIns,
    RememberedBrowsers,
    Tickets,
  ],
  exports: [SessionPolicy, KeptDevices, Sessions, SignIns, RememberedBrowsers, Tickets],
})
export class SessionModule extends ConfigurableModuleClass {}
