import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { CSV_TYPE, CSV_BEGINNING, csvLine } from '@portillon/http';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { ReportQuery, Span } from './report-span';
import { ApplicationReport, IdentityReport, SignInReport, StrongMeansReport } from './report.dto';
import type { ReportFigures } from './report.dto';
import { ReportsService } from './reports.service';

type Column = readonly [title: string, figure: (figures: ReportFigures) => number];

const COLUMNS: Column[] = [
  ['sign_ins', ({ signIns }) => signIns.total],
  ['sign_ins_password_email', ({ signIns }) => signIns.passwordEmail],
  ['sign_ins_password_sms', ({ signIns }) => signIns.passwordSms],
  ['sign_ins_password_remembered', ({ signIns }) => signIns.passwordRemembered],
  ['sign_ins_pro_sante_connect', ({ signIns }) => signIns.proSanteConnect],
  ['sign_ins_cpx', ({ signIns }) => signIns.cpx],
  ['codes_sent_email', ({ codes }) => codes.sent.email],
  ['codes_sent_sms', ({ codes }) => codes.sent.sms],
  ['codes_used_email', ({ codes }) => codes.used.email],
  ['codes_used_sms', ({ codes }) => codes.used.sms],
  ['codes_expired', ({ codes }) => codes.expired.total],
  ['codes_refused', ({ codes }) => codes.refused.total],
  ['locks_password', ({ locks }) => locks.password],
  ['locks_code', ({ locks }) => locks.code],
  ['refusals', ({ refusals }) => refusals.total],
  ['sign_ins_passkey', ({ signIns }) => signIns.passkey],
  ['sign_ins_password_totp', ({ signIns }) => signIns.passwordTotp],
  ['sign_ins_password_recovery_code', ({ signIns }) => signIns.passwordRecoveryCode],
];

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

/** The report as a table: a line for each period, the sum last. */
function reportCsv(report: SignInReport): string {
  const bounds = report.total.delays.map(({ upToSeconds }) => `codes_within_${upToSeconds ?? 'more'}`);
  const head = ['period', ...COLUMNS.map(([title]) => title), ...bounds];
  const row = (name: string, figures: ReportFigures) =>
    csvLine([
      name,
      ...COLUMNS.map(([, figure]) => figure(figures)),
      ...figures.delays.map(({ codes }) => codes),
    ]);
  const lines = report.items.map((item) => row(item.period, item));
  return [CSV_BEGINNING, csvLine(head), ...lines, row('total', report.total)].join('');
}
