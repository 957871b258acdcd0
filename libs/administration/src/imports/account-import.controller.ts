import { Readable } from 'node:stream';
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
import { Refuses, RequiresStepUp } from '@portillon/auth';
import { TakesCsv } from '@portillon/http';
import { ErrorCatalogService } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';
import { AccountExportService } from '../accounts/account-export.service';
import { ACCOUNT_STATUS } from '../accounts/account-view.dto';
import { CurrentAdministrator } from '../administrator';
import type { Administrator } from '../administrator';
import { CSV_TYPE } from '../csv';
import { queryChoice, queryLimit, queryText } from '../query';
import { Requires } from '../rights.guard';
import {
  AdminImport,
  AdminImportLines,
  AdminImportPage,
  importLineView,
  importView,
} from './account-import.dto';
import { AdminImportService } from './admin-import.service';

const YES_OR_NO = ['true', 'false'] as const;
const CLOSED = { 401: ['session.required', 'code.required'], 403: ['permission.denied'] } as const;

@ApiTags('Administration: import and export')
@ApiCookieAuth('session')
@Controller('api/admin/accounts')
export class AccountImportController {
  constructor(
    private readonly importing: AdminImportService,
    private readonly imports: AccountImportService,
    private readonly exports: AccountExportService,
    private readonly catalog: ErrorCatalogService,
  ) {}

  @Post('import')
  @RequiresStepUp()
  @Requires('accounts.import')
  @TakesCsv()
  @ApiOperation({
    operationId: 'importAdminAccounts',
    summary: 'Takes a CSV file of accounts to be, and works it off in the background',
    description:
      'Columns by name: username, email, name (or first and last name), and, where they are, role, structure (name, FINESS or SIRET), language, national id; French names too. Separators `;`, `,` or tab; UTF-8, UTF-16 or Windows-1252; 16 MiB and 100,000 lines at most. Ask for its progress; invitations leave at a set pace once all accounts are made.',
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
    description: '`ALL_OR_NONE` unless told.',
  })
  @ApiQuery({
    name: 'whenInterrupted',
    required: false,
    enum: WHEN_INTERRUPTED,
    enumName: 'WhenInterrupted',
    description: 'When the server that makes the accounts is killed: `RESUME` unless told.',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: AdminImport })
  @Refuses({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    403: ['permission.denied'],
  })
  @Refuses({ 413: ['body.too-large'], 415: ['media-type.unsupported'], 422: ['validation.failed'] })
  async importAdminAccounts(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<AdminImport> {
    const order = {
      mode: queryChoice('mode', query['mode'], IMPORT_MODES) ?? 'ALL_OR_NONE',
      whenInterrupted: queryChoice('whenInterrupted', query['whenInterrupted'], WHEN_INTERRUPTED) ?? 'RESUME',
      dryRun: queryChoice('dryRun', query['dryRun'], YES_OR_NO) === 'true',
    };
    return importView(await this.importing.upload(administrator, request.body, order));
  }

  @Get('imports')
  @Requires('accounts.import')
  @ApiOperation({
    operationId: 'listAdminImports',
    summary: 'The imports within reach, the latest first',
    description: 'By pages, with the sums of each.',
  })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; 50 unless told.' })
  @ApiOkResponse({ type: AdminImportPage })
  @Refuses({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 422: ['validation.failed'] })
  async listAdminImports(
    @CurrentAdministrator() { scope }: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminImportPage> {
    const page = await this.imports.list({
      structureId: scope.structureId,
      cursor: queryText('cursor', query['cursor']),
      limit: queryLimit(query['limit']),
    });
    return { items: page.items.map(importView), nextCursor: page.nextCursor };
  }

  @Get('imports/:id')
  @Requires('accounts.import')
  @ApiOperation({
    operationId: 'getAdminImport',
    summary: 'How far an import has come',
    description: 'Its state and its sums, to be asked for again until it is over.',
  })
  @ApiOkResponse({ type: AdminImport })
  @Refuses({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 404: ['not-found'] })
  async getAdminImport(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminImport> {
    return importView(await this.importing.get(administrator, id));
  }

  @Get('imports/:id/lines')
  @Requires('accounts.import')
  @ApiOperation({
    operationId: 'listAdminImportLines',
    summary: 'What became of each line',
    description: 'By pages, in the order of the file.',
  })
  @ApiQuery({ name: 'state', required: false, enum: LINE_STATES, enumName: 'ImportLineState' })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; 50 unless told.' })
  @ApiOkResponse({ type: AdminImportLines })
  @Refuses({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 404: ['not-found'], 422: ['validation.failed'] })
  async listAdminImportLines(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminImportLines> {
    await this.importing.get(administrator, id);
    const state = queryChoice('state', query['state'], LINE_STATES);
    const limit = queryLimit(query['limit']);
    const page = { limit: limit + 1, after: lineOf(query['cursor']), ...(state && { states: [state] }) };
    const lines = await this.imports.lines(id, page);
    const text = (code: string) => this.catalog.fieldText(code, administrator.client.locale);
    const items = lines.slice(0, limit).map((one) => importLineView(one, text));
    return { items, nextCursor: lines.length > limit ? String(items.at(-1)!.line) : null };
  }

  @Get('imports/:id/report')
  @Requires('accounts.import')
  @ApiOperation({
    operationId: 'exportAdminImportLines',
    summary: 'What became of each line, as a CSV file',
    description:
      'UTF-8 with a byte order mark, as spreadsheets expect; a cell that begins a formula is made harmless.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  @Refuses({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 404: ['not-found'] })
  async exportAdminImportLines(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<StreamableFile> {
    await this.importing.get(administrator, id);
    return file(this.exports.importReport(id, administrator.client.locale), 'portillon-import.csv');
  }

  @Post('imports/:id/start')
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('accounts.import')
  @ApiOperation({
    operationId: 'startAdminImport',
    summary: 'After a dry run: now for good',
    description: 'Makes the accounts of the good lines and invites their people at a bounded pace.',
  })
  @ApiOkResponse({ type: AdminImport })
  @Refuses({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    403: ['permission.denied'],
  })
  @Refuses({ 404: ['not-found'], 409: ['import.state'] })
  async startAdminImport(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminImport> {
    return importView(await this.importing.start(administrator, id));
  }

  @Post('imports/:id/undo')
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('accounts.import')
  @ApiOperation({
    operationId: 'undoAdminImport',
    summary: 'Takes back what was made, as long as no invitation has left',
    description: 'Refused once an invitation has left.',
  })
  @ApiOkResponse({ type: AdminImport })
  @Refuses({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    403: ['permission.denied'],
  })
  @Refuses({ 404: ['not-found'], 409: ['import.state'] })
  async undoAdminImport(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminImport> {
    return importView(await this.importing.undo(administrator, id));
  }

  @Get('export')
  @RequiresStepUp()
  @Requires('accounts.export')
  @ApiOperation({
    operationId: 'exportAdminAccounts',
    summary: 'The accounts within reach as a CSV file, by name',
    description: 'Semicolons, no cell a formula, no phone number. The journal says who took it.',
  })
  @ApiQuery({ name: 'status', required: false, enum: ACCOUNT_STATUS, enumName: 'AccountStatus' })
  @ApiQuery({ name: 'structure', required: false, type: String })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  @Refuses({ 401: [...CLOSED[401], 'reauthentication.required'], 403: [...CLOSED[403]] })
  @Refuses({ 404: ['not-found'], 422: ['validation.failed'] })
  async exportAdminAccounts(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<StreamableFile> {
    return file(await this.exports.accounts(administrator, query), 'portillon-comptes.csv');
  }
}

function file(stream: Readable, name: string): StreamableFile {
  return new StreamableFile(stream, {
    type: CSV_TYPE,
    disposition: `attachment; filename="${name}"`,
  });
}

function lineOf(cursor: unknown): number {
  const text = queryText('cursor', cursor) ?? '0';
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}
