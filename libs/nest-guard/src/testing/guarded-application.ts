import { Controller, DynamicModule, Get, Injectable, Module } from '@nestjs/common';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { CurrentPerson, LogoutHandler, LogoutNotice, PortillonGuardModule, Public, RequireAcr } from '..';
import type { PortillonGuardOptions, PortillonPerson } from '..';
import { APPLICATION, Issuer, PORTILLON } from './issuer';

@Controller()
class DossierController {
  @Get('health')
  @Public()
  health(): string {
    return 'well';
  }

  @Get('me')
  me(@CurrentPerson() { claims, ...person }: PortillonPerson) {
    return { ...person, subject: claims.sub };
  }

  @Get('prescriptions')
  @RequireAcr('eidas3', { maxAge: 300 })
  prescriptions(@CurrentPerson() { id }: PortillonPerson): string {
    return id;
  }
}

@Injectable()
export class Logouts extends LogoutHandler {
  readonly heard: LogoutNotice[] = [];

  override async loggedOut(notice: LogoutNotice): Promise<void> {
    this.heard.push(notice);
  }
}

@Module({ controllers: [DossierController], providers: [Logouts], exports: [Logouts] })
class DossierModule {}

/** An application of another team, behind the guard. */
export async function guardedApplication(
  issuer: Issuer,
  changes: Partial<PortillonGuardOptions> = {},
): Promise<NestFastifyApplication> {
  return started(PortillonGuardModule.forRoot(optionsFor(issuer, changes)));
}

/** The same, with options that a provider makes. */
export async function applicationGuardedAsync(
  issuer: Issuer,
  changes: Partial<PortillonGuardOptions> = {},
): Promise<NestFastifyApplication> {
  const { backChannelLogout, ...options } = optionsFor(issuer, changes);
  return started(
    PortillonGuardModule.forRootAsync({
      useFactory: () => Promise.resolve(options),
      ...(backChannelLogout && { backChannelLogout }),
    }),
  );
}

function optionsFor(issuer: Issuer, changes: Partial<PortillonGuardOptions>): PortillonGuardOptions {
  return {
    issuer: PORTILLON,
    audience: APPLICATION,
    jwksUri: issuer.jwksUri,
    backChannelLogout: { path: 'portillon/logout', handler: Logouts },
    ...changes,
  };
}

async function started(guard: DynamicModule): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ imports: [guard, DossierModule] }).compile();
  const application = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await application.init();
  await application.getHttpAdapter().getInstance().ready();
  return application;
}
