import { Controller, Get, Query } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { ApplicationReportService } from './application-report.service';
import { ApplicationReport } from './report.dto';
import { ReportQuery } from './report-query.decorator';

@ApiTags('Administration: statistics')
@ApiCookieAuth('session')
@Controller('api/admin/reports/applications')
export class ApplicationReportController {
  constructor(private readonly reports: ApplicationReportService) {}

  @Get()
  @Requires('reports.read')
  @ApiOperation({
    summary: 'The entries and refusals of people at each application',
    description:
      'Counted when the journal is sealed, at most a minute late. The counts stay when journal lines are purged.',
  })
  @ReportQuery()
  @ApiOkResponse({ type: ApplicationReport })
  getApplicationReport(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<ApplicationReport> {
    return this.reports.of(administrator, query);
  }
}
