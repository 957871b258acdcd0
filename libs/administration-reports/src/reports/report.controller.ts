import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { CSV_TYPE } from '@portillon/http';
import { reportCsv } from './report-csv';
import { ApplicationReport, IdentityReport, SignInReport, StrongMeansReport } from './report.dto';
import { ReportQuery, Span } from './report-query.decorator';
import { ReportsService } from './reports.service';

@ApiTags('Administration: statistics')
@ApiCookieAuth('session')
@Controller('api/admin/reports')
export class ReportController {
  constructor(private readonly reports: ReportsService) {}

  @Get('sign-ins')
  @Requires('reports.read')
  @ApiOperation({
    summary: 'Sign-ins, codes, locks and refusals of a structure, by period',
    description:
      'Counted when the journal is sealed, at most a minute late. The counts stay when journal lines are purged.',
  })
  @Span()
  @ApiOkResponse({ type: SignInReport })
  getSignInReport(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<SignInReport> {
    return this.reports.signIns(administrator, query);
  }

  @Get('sign-ins/export')
  @Requires('reports.read')
  @ApiOperation({
    summary: 'The same as a CSV file',
    description: 'UTF-8 with a byte order mark, as spreadsheets expect.',
  })
  @Span()
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  async exportSignInReport(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const report = await this.reports.signIns(administrator, query);
    void reply.header('cache-control', 'no-store');
    return new StreamableFile(Buffer.from(reportCsv(report)), {
      type: CSV_TYPE,
      disposition: `attachment; filename="portillon-sign-ins-${report.from}-${report.to}.csv"`,
    });
  }

  @Get('applications')
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
    return this.reports.applicationEntries(administrator, query);
  }

  @Get('strong-means')
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
    return this.reports.strongMeans(administrator, query);
  }

  @Get('identity')
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
    return this.reports.identities(administrator, query);
  }
}
