import { Module } from '@nestjs/common';
import { registerMeans, AccessModule } from '@portillon/access';
import { registerJournal } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { SessionModule } from '@portillon/session';
import { ApplicationCertificateService } from './application-certificate.service';
import { CardCheckService } from './card-check.service';
import { CardLinkService } from './card-link.service';
import { CardServerService } from './card-server.service';
import { CardSignInService } from './card-sign-in.service';
import { CardVerifierService } from './card-verifier.service';
import { CardFindings } from './card.findings';
import { TrustedAuthoritiesService } from './certificate/authorities';
import { CardLinkController, CpxController } from './cpx.controller';
import { cpxErrors } from './cpx.errors';
import { cpxJournal } from './cpx.journal';
import { ConfigurableModuleClass } from './cpx.options';
import { RevocationListService } from './revocation/revocation-list.service';
import { RevocationService } from './revocation/revocation.service';
import { TicketCookie } from './ticket.cookie';

/** Signing in with a card. */
@Module({
  imports: [AccessModule, AuthModule, SessionModule, ErrorsModule.forFeature(cpxErrors)],
  controllers: [CpxController, CardLinkController],
  providers: [
    registerJournal(cpxJournal),
    registerMeans({ id: 'cpx', rank: 2 }),
    ApplicationCertificateService,
    CardCheckService,
    ...registerFindings(CardFindings),
    CardLinkService,
    CardServerService,
    CardSignInService,
    CardVerifierService,
    RevocationListService,
    RevocationService,
    TicketCookie,
    TrustedAuthoritiesService,
  ],
  exports: [ApplicationCertificateService, CardServerService, CardVerifierService, TrustedAuthoritiesService],
})
export class CpxModule extends ConfigurableModuleClass {}
