import { Module } from '@nestjs/common';
import { CardCheck } from './card-check';
import { CardLink } from './card-link';
import { CardLinkController } from './card-link.controller';
import { CardServer } from './card-server';
import { CardSignIn } from './card-sign-in';
import { CardVerifier } from './card-verifier';
import { ConfigurableModuleClass } from './cpx-options';
import { CpxController } from './cpx.controller';
import { PresentedCertificate } from './presented-certificate';
import { TicketCookie } from './ticket-cookie';

/** Signing in with a card. Needs what `AuthModule` needs, and `AuthModule` itself, made global by the application. */
@Module({
  controllers: [CpxController, CardLinkController],
  providers: [CardCheck, CardLink, CardServer, CardSignIn, CardVerifier, PresentedCertificate, TicketCookie],
  exports: [CardServer, CardVerifier],
})
export class CpxModule extends ConfigurableModuleClass {}
