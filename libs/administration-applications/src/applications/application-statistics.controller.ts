import { Controller, Get, Param } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdminApplicationStatistics } from './application-statistics.dto';
import { ApplicationStatisticsService } from './application-statistics.service';

@ApiTags('Administration: applications')
@ApiCookieAuth('session')
@Controller('api/admin/applications/:id/statistics')
export class ApplicationStatisticsController {
  constructor(private readonly statistics: ApplicationStatisticsService) {}

  @Get()
  @Requires('applications.read')
  @ApiOperation({
    summary: 'The entries and refusals of people at an application, by day',
    description:
      'The days with at least one entry among the last 30, oldest first. Counted when the journal is sealed, at most a minute late.',
  })
  @ApiOkResponse({ type: AdminApplicationStatistics })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminApplicationStatistics(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminApplicationStatistics> {
    return { items: await this.statistics.of(administrator, id) };
  }
}
