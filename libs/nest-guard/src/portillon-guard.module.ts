import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { backChannelLogoutController } from './back-channel-logout.controller';
import { GUARD_OPTIONS } from './portillon-guard.options';
import type { PortillonGuardOptions } from './portillon-guard.options';
import { PortillonGuard } from './portillon.guard';
import { TokenVerifierService } from './token-verifier.service';

type LogoutRoute = Pick<PortillonGuardOptions, 'backChannelLogout'>;

/** `forRootAsync` takes the route of sign-outs beside the factory: Nest reads routes before it makes any provider. */
const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<
  Omit<PortillonGuardOptions, keyof LogoutRoute>
>({ optionsInjectionToken: GUARD_OPTIONS })
  .setClassMethodName('forRoot')
  .setExtras<LogoutRoute>({}, (definition, { backChannelLogout }) => ({
    ...definition,
    controllers: backChannelLogout ? [backChannelLogoutController(backChannelLogout)] : [],
  }))
  .build();

/** Closes every route of the application that is not `@Public()`. Receives sign-outs where `backChannelLogout` is set. */
@Module({ providers: [TokenVerifierService, { provide: APP_GUARD, useClass: PortillonGuard }] })
export class PortillonGuardModule extends ConfigurableModuleClass {}
