import { Controller, Get, Query } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { Span } from './report-span.decorator';
import { StrongMeansReport } from './strong-means-report.dto';
import { StrongMeansReportService } from './strong-means-report.service';

@ApiTags('Administration: statistics')
@ApiCookieAuth('session')
@Controller('api/admin/reports/strong-means')
export class StrongMeansReportController {
  constructor(private readonly reports: StrongMeansReportService) {}

  @Get()
  @Requires('reports.read')
  @ApiOperation({
    summary: 'How many people depend on codes by mail and SMS, now and over time',
    description:
      'The present means of people; and sign-ins by period, as `GET /api/admin/reports/sign-ins` counts them.',
  })
  @Span()
  @ApiOkResponse({ type: StrongMeansReport })
  getStrongMeansReport(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<StrongMeansReport> {
    return this.reports.of(administrator, query);
  }
}
