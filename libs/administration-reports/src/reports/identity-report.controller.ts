import { Controller, Get, Query } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { IdentityReport } from './identity-report.dto';
import { IdentityReportService } from './identity-report.service';

@ApiTags('Administration: statistics')
@ApiCookieAuth('session')
@Controller('api/admin/reports/identity')
export class IdentityReportController {
  constructor(private readonly reports: IdentityReportService) {}

  @Get()
  @Requires('reports.read')
  @ApiOperation({
    summary:
      'The numbers of people whose identity was never verified, is due, or is unknown to the directory',
    description:
      'The present numbers. `only` of `GET /api/admin/accounts` and of its export lists the people.',
  })
  @ApiQuery({ name: 'structure', required: false, type: String })
  @ApiOkResponse({ type: IdentityReport })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'] })
  @ApiErrors({ 404: ['not-found'], 422: ['validation.failed'] })
  getIdentityReport(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<IdentityReport> {
    return this.reports.of(administrator, query);
  }
}
