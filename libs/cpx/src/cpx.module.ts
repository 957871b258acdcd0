import { AuthModule } from '@portillon/auth';
import { SessionModule } from '@portillon/session';
import { Module } from '@nestjs/common';
import { registerMeans, AccessModule } from '@portillon/access';
import { registerJournal } from '@portillon/audit';
import { cpxJournal } from './cpx.journal';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { cpxErrors } from './cpx.errors';
import { ApplicationCertificateService } from './application-certificate.service';
import { CardCheckService } from './card-check.service';
import { CardFindings } from './card.findings';
import { CardLinkController } from './card-link.controller';
import { CardLinkService } from './card-link.service';
import { CardServerService } from './card-server.service';
import { CardSignInService } from './card-sign-in.service';
import { CardVerifierService } from './card-verifier.service';
import { TrustedAuthoritiesService } from './certificate/authorities';
import { CpxController } from './cpx.controller';
import { ConfigurableModuleClass } from './cpx.options';
import { OcspService } from './revocation/ocsp.service';
import { PresentedCertificateService } from './presented-certificate.service';
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
    OcspService,
    PresentedCertificateService,
    RevocationListService,
    RevocationService,
    TicketCookie,
    TrustedAuthoritiesService,
  ],
  exports: [ApplicationCertificateService, CardServerService, CardVerifierService, TrustedAuthoritiesService],
})
export class CpxModule extends ConfigurableModuleClass {}
