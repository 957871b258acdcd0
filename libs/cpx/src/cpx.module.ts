import { Module } from '@nestjs/common';
import { ErrorsModule } from '@portillon/kernel';
import { cpxErrors } from './cpx.errors';
import { CardCheckService } from './card-check.service';
import { CardLinkController } from './card-link.controller';
import { CardLinkService } from './card-link.service';
import { CardServerService } from './card-server.service';
import { CardSignInService } from './card-sign-in.service';
import { CardVerifierService } from './card-verifier.service';
import { CpxController } from './cpx.controller';
import { ConfigurableModuleClass } from './cpx.options';
import { OcspService } from './revocation/ocsp.service';
import { PresentedCertificateService } from './presented-certificate.service';
import { RevocationListService } from './revocation/revocation-list.service';
import { RevocationService } from './revocation/revocation.service';
import { TicketCookie } from './ticket-cookie';

/** Signing in with a card. Imported with `AuthModule` and `SessionModule`. */
@Module({
  imports: [ErrorsModule.forFeature(cpxErrors)],
  controllers: [CpxController, CardLinkController],
  providers: [
    CardCheckService,
    CardLinkService,
    CardServerService,
    CardSignInService,
    CardVerifierService,
    OcspService,
    PresentedCertificateService,
    RevocationListService,
    RevocationService,
    TicketCookie,
  ],
  exports: [CardServerService, CardVerifierService],
})
export class CpxModule extends ConfigurableModuleClass {}
