import { Module } from '@nestjs/common';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { ApplicationReportController } from './application-report.controller';
import { ApplicationReportService } from './application-report.service';
import { IdentityReportController } from './identity-report.controller';
import { IdentityReportService } from './identity-report.service';
import { ReportController } from './report.controller';
import { SignInReportService } from './sign-in-report.service';
import { StrongMeansReportController } from './strong-means-report.controller';
import { StrongMeansReportService } from './strong-means-report.service';

/** Statistics of sign-ins, applications, strong means and identities. */
@Module({
  imports: [PersistenceModule, StructureModule],
  controllers: [
    ReportController,
    ApplicationReportController,
    StrongMeansReportController,
    IdentityReportController,
  ],
  providers: [ApplicationReportService, IdentityReportService, SignInReportService, StrongMeansReportService],
})
export class ReportsModule {}
