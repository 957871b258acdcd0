import { Controller, Get, HttpCode, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { AccountImportService, IMPORT_MODES, LINE_STATES, WHEN_INTERRUPTED } from '@portillon/account';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import {
  csvFile,
  queryBoolean,
  queryChoice,
  queryLimit,
  queryText,
  TakesCsv,
  YES_OR_NO,
} from '@portillon/http';
import type { FastifyRequest } from 'fastify';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import {
  AdminImport,
  AdminImportLines,
  AdminImportPage,
  importLineView,
  importView,
} from './account-import.dto';
import { ImportProblemTextService } from './import-problem-text.service';
import { ImportsService } from './imports.service';

const CLOSED = { 401: ['session.required', 'code.required'], 403: ['permission.denied'] } as const;

@ApiTags('Administration: import and export')
@ApiCookieAuth('session')
@Controller('api/admin/accounts')
export class AccountImportController {
  constructor(
    private readonly imports: ImportsService,
    private readonly rows: AccountImportService,
    private readonly texts: ImportProblemTextService,
  ) {}

  @Post('import')
  @RequiresStepUp()
  @Requires('accounts.import')
  @TakesCsv()
  @ApiOperation({
    summary: 'Imports accounts from a CSV file, in the background',
    description:
      'Columns are found by name, in English or French: username, email, name (or first and last name). Optional columns: role, structure (name, FINESS or SIRET), language, national id. Separators: `;`, `,` or tab. Encodings: UTF-8, UTF-16 or Windows-1252. At most 16 MiB and 100,000 lines. Poll the import for its progress; invitations leave at a limited rate once all accounts exist.',
  })
  @ApiQuery({
    name: 'dryRun',
    required: false,
    enum: YES_OR_NO,
    description: 'Checks and waits for `start`.',
  })
  @ApiQuery({
    name: 'mode',
    required: false,
    enum: IMPORT_MODES,
    enumName: 'ImportMode',
    description: 'Default: `ALL_OR_NONE`.',
  })
  @ApiQuery({
    name: 'whenInterrupted',
    required: false,
    enum: WHEN_INTERRUPTED,
    enumName: 'WhenInterrupted',
    description: 'What to do when the server stops during the import. Default: `RESUME`.',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: AdminImport })
  @ApiErrors({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    403: ['permission.denied'],
  })
  @ApiErrors({ 413: ['body.too-large'], 415: ['media-type.unsupported'], 422: ['validation.failed'] })
  async importAdminAccounts(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<AdminImport> {
    const order = {
      mode: queryChoice('mode', query['mode'], IMPORT_MODES) ?? 'ALL_OR_NONE',
      whenInterrupted: queryChoice('whenInterrupted', query['whenInterrupted'], WHEN_INTERRUPTED) ?? 'RESUME',
      dryRun: queryBoolean('dryRun', query['dryRun']) ?? false,
    };
    return importView(await this.imports.upload(administrator, request.body, order));
  }

  @Get('imports')
  @Requires('accounts.import')
  @ApiOperation({
    summary: 'The imports within reach, the latest first',
    description: 'Paginated, with the totals of each.',
  })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminImportPage })
  @ApiErrors({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 422: ['validation.failed'] })
  async listAdminImports(
    @CurrentAdministrator() { scope }: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminImportPage> {
    const page = await this.rows.list({
      structureIds: scope.structureIds,
      cursor: queryText('cursor', query['cursor']),
      limit: queryLimit(query['limit']),
    });
    return { items: page.items.map(importView), nextCursor: page.nextCursor };
  }

  @Get('imports/:id')
  @Requires('accounts.import')
  @ApiOperation({ summary: 'The progress of an import', description: 'Its state and its totals; poll it.' })
  @ApiOkResponse({ type: AdminImport })
  @ApiErrors({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 404: ['not-found'] })
  async getAdminImport(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminImport> {
    return importView(await this.imports.get(administrator, id));
  }

  @Post('imports/:id/start')
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('accounts.import')
  @ApiOperation({
    summary: 'Starts an import after its dry run',
    description: 'Creates the accounts of the valid lines, and invites their holders at a limited rate.',
  })
  @ApiQuery({
    name: 'mode',
    required: false,
    enum: IMPORT_MODES,
    enumName: 'ImportMode',
    description: 'How to treat invalid lines. Default: as at the check.',
  })
  @ApiOkResponse({ type: AdminImport })
  @ApiErrors({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    403: ['permission.denied'],
  })
  @ApiErrors({ 404: ['not-found'], 409: ['import.state'], 422: ['validation.failed'] })
  async startAdminImport(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminImport> {
    const mode = queryChoice('mode', query['mode'], IMPORT_MODES);
    return importView(await this.imports.start(administrator, id, mode));
  }

  @Post('imports/:id/undo')
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('accounts.import')
  @ApiOperation({
    summary: 'Deletes the accounts of an import, while no invitation has left',
    description: 'Refused once an invitation has left.',
  })
  @ApiOkResponse({ type: AdminImport })
  @ApiErrors({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    403: ['permission.denied'],
  })
  @ApiErrors({ 404: ['not-found'], 409: ['import.state'] })
  async undoAdminImport(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminImport> {
    return importView(await this.imports.undo(administrator, id));
  }

  @Get('imports/:id/lines')
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
    await this.imports.get(administrator, id);
    const state = queryChoice('state', query['state'], LINE_STATES);
    const limit = queryLimit(query['limit']);
    const page = { limit: limit + 1, after: lineOf(query['cursor']), ...(state && { states: [state] }) };
    const lines = await this.rows.lines(id, page);
    const text = this.texts.for(administrator);
    const items = lines.slice(0, limit).map((one) => importLineView(one, text));
    return { items, nextCursor: lines.length > limit ? String(items.at(-1)!.line) : null };
  }

  @Get('imports/:id/report')
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
    return csvFile(await this.imports.report(administrator, id), 'portillon-import.csv');
  }
}

function lineOf(cursor: unknown): number {
  const text = queryText('cursor', cursor) ?? '0';
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}
