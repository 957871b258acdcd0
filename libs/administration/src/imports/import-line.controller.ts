import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AccountImportService, LINE_STATES } from '@portillon/account';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { csvFile, queryChoice, queryLimit, queryText } from '@portillon/http';
import { AdminImportLines, importLineView } from './account-import.dto';
import { AdministeredImportService } from './administered-import.service';
import { ImportProblemTextService } from './import-problem-text.service';
import { ImportReportService } from './import-report.service';

const CLOSED = { 401: ['session.required', 'code.required'], 403: ['permission.denied'] } as const;

/** The results of an import's lines. */
@ApiTags('Administration: import and export')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/imports/:id')
export class ImportLineController {
  constructor(
    private readonly administered: AdministeredImportService,
    private readonly imports: AccountImportService,
    private readonly reports: ImportReportService,
    private readonly texts: ImportProblemTextService,
  ) {}

  @Get('lines')
  @Requires('accounts.import')
  @ApiOperation({ summary: 'The result of each line', description: 'Paginated, in the order of the file.' })
  @ApiQuery({ name: 'state', required: false, enum: LINE_STATES, enumName: 'ImportLineState' })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminImportLines })
  @ApiErrors({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 404: ['not-found'], 422: ['validation.failed'] })
  async listAdminImportLines(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminImportLines> {
    await this.administered.get(administrator, id);
    const state = queryChoice('state', query['state'], LINE_STATES);
    const limit = queryLimit(query['limit']);
    const page = { limit: limit + 1, after: lineOf(query['cursor']), ...(state && { states: [state] }) };
    const lines = await this.imports.lines(id, page);
    const text = this.texts.for(administrator);
    const items = lines.slice(0, limit).map((one) => importLineView(one, text));
    return { items, nextCursor: lines.length > limit ? String(items.at(-1)!.line) : null };
  }

  @Get('report')
  @Requires('accounts.import')
  @ApiOperation({
    summary: 'The result of each line, as a CSV file',
    description:
      'UTF-8 with a byte order mark, as spreadsheets expect. Cells that begin like a formula are escaped.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  @ApiErrors({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 404: ['not-found'] })
  async exportAdminImportLines(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<StreamableFile> {
    return csvFile(await this.reports.open(administrator, id), 'portillon-import.csv');
  }
}

function lineOf(cursor: unknown): number {
  const text = queryText('cursor', cursor) ?? '0';
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}
