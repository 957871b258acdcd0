import { Module } from '@nestjs/common';
import { PersistenceModule } from '@portillon/persistence';
import { ApplicationReportController } from './application-report.controller';
import { ApplicationReportService } from './application-report.service';
import { ReportController } from './report.controller';
import { SignInReportService } from './sign-in-report.service';
import { StrongMeansReportController } from './strong-means-report.controller';
import { StrongMeansReportService } from './strong-means-report.service';

/** Statistics of sign-ins, applications and strong means. */
@Module({
  imports: [PersistenceModule],
  controllers: [ReportController, ApplicationReportController, StrongMeansReportController],
  providers: [ApplicationReportService, SignInReportService, StrongMeansReportService],
})
export class ReportsModule {}
