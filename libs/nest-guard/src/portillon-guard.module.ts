import { DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { backChannelLogoutController } from './back-channel-logout.controller';
import { GUARD_OPTIONS } from './portillon-guard.options';
import type { PortillonGuardOptions } from './portillon-guard.options';
import { PortillonGuard } from './portillon.guard';
import { TokenVerifierService } from './token-verifier.service';

/** Closes every route of the application that is not `@Public()`. Receives sign-outs where `backChannelLogout` is set. */
@Module({ providers: [TokenVerifierService, { provide: APP_GUARD, useClass: PortillonGuard }] })
export class PortillonGuardModule {
  /** Configures the guard. @throws Error naming the option that is wrong */
  static forRoot(options: PortillonGuardOptions): DynamicModule {
    refuseUnusable(options);
    const { backChannelLogout } = options;
    return {
      module: PortillonGuardModule,
      controllers: backChannelLogout ? [backChannelLogoutController(backChannelLogout)] : [],
      providers: [{ provide: GUARD_OPTIONS, useValue: options }],
    };
  }
}

/** An empty audience would accept every token. */
function refuseUnusable({ issuer, audience, clockToleranceSeconds = 0 }: PortillonGuardOptions): void {
  const audiences = [audience].flat();
  if (audiences.length === 0 || audiences.some((one) => !one))
    throw new Error('audience must name the application');
  if (!URL.canParse(issuer) || new URL(issuer).origin !== issuer)
    throw new Error('issuer must be an origin, such as https://portillon.example');
  if (!(clockToleranceSeconds >= 0 && clockToleranceSeconds <= 60))
    throw new Error('clockToleranceSeconds must be from 0 to 60');
}
