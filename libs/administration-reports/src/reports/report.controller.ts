import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { CSV_TYPE } from '@portillon/http';
import { reportCsv } from './report-csv';
import { Span } from './report-span.decorator';
import { SignInReport } from './report.dto';
import { SignInReportService } from './sign-in-report.service';

@ApiTags('Administration: statistics')
@ApiCookieAuth('session')
@Controller('api/admin/reports/sign-ins')
export class ReportController {
  constructor(private readonly reports: SignInReportService) {}

  @Get()
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
    return this.reports.of(administrator, query);
  }

  @Get('export')
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
    const report = await this.reports.of(administrator, query);
    void reply.header('cache-control', 'no-store');
    return new StreamableFile(Buffer.from(reportCsv(report)), {
      type: CSV_TYPE,
      disposition: `attachment; filename="portillon-sign-ins-${report.from}-${report.to}.csv"`,
    });
  }
}
