import { Module } from '@nestjs/common';
import { ConfigurableModuleClass } from './notification.module-definition';
import { Notifications } from './notifications';

/** Provides {@link Notifications}. Needs `Database`, `Keyring`, `Clock` and `Random` from global modules. */
@Module({ providers: [Notifications], exports: [Notifications] })
export class NotificationModule extends ConfigurableModuleClass {}
