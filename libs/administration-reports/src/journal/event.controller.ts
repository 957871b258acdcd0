import { applyDecorators, Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { queryChoice, queryLimit, queryText } from '@portillon/http';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { AdministeredEventService, EXPORT_TYPES } from './administered-event.service';
import { AdminEventPage, EXPORT_FORMATS, OUTCOMES } from './event.dto';

/** The parameters of the list and of its export. */
const Filter = () =>
  applyDecorators(
    ApiQuery({
      name: 'account',
      required: false,
      type: String,
      description: 'The id of the account that it concerns.',
    }),
    ApiQuery({ name: 'actor', required: false, type: String, description: 'The id of the actor’s account.' }),
    ApiQuery({
      name: 'name',
      required: false,
      type: [String],
      description: 'The names of events, repeated or separated by commas; 20 at most.',
    }),
    ApiQuery({ name: 'structure', required: false, type: String, description: 'An id.' }),
    ApiQuery({ name: 'request', required: false, type: String, description: 'The id of a request.' }),
    ApiQuery({
      name: 'code',
      required: false,
      type: String,
      description: 'The reference of a code that was sent in the last day.',
    }),
    ApiQuery({ name: 'outcome', required: false, enum: OUTCOMES, enumName: 'Outcome' }),
    ApiQuery({ name: 'from', required: false, type: String, description: 'ISO 8601 with offset, included.' }),
    ApiQuery({ name: 'to', required: false, type: String, description: 'ISO 8601 with offset, excluded.' }),
    ApiErrors({
      401: ['session.required', 'code.required'],
      403: ['permission.denied'],
      404: ['not-found'],
      422: ['validation.failed'],
    }),
  );

@ApiTags('Administration: journal')
@ApiCookieAuth('session')
@Controller('api/admin/events')
export class EventController {
  constructor(private readonly events: AdministeredEventService) {}

  @Get()
  @Requires('events.read')
  @ApiOperation({
    operationId: 'listAdminEvents',
    summary: 'The journal within reach, newest first',
    description: 'Paginated; a structure’s administrator sees the events of that structure’s people only.',
  })
  @Filter()
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminEventPage })
  async listAdminEvents(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminEventPage> {
    const limit = queryLimit(query['limit']);
    const cursor = queryText('cursor', query['cursor']);
    const filter = await this.events.filter(administrator, query);
    const asked = cursor === undefined ? { limit } : { cursor, limit };
    const page = await this.events.read(administrator, filter, asked);
    return { items: await this.events.view(page.items, administrator.scope), nextCursor: page.nextCursor };
  }

  @Get('export')
  @RequiresStepUp()
  @Requires('events.export')
  @ApiOperation({
    summary: 'The journal within reach as a file, newest first',
    description:
      'CSV with semicolons for spreadsheets, or JSON with one event on each line. The journal records who exported it.',
  })
  @Filter()
  @ApiQuery({ name: 'format', required: false, enum: EXPORT_FORMATS, enumName: 'EventExportFormat' })
  @ApiProduces('text/csv', 'application/jsonl')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  async exportAdminEvents(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const format = queryChoice('format', query['format'], EXPORT_FORMATS) ?? 'csv';
    const filter = await this.events.filter(administrator, query);
    void reply.header('cache-control', 'no-store');
    return new StreamableFile(await this.events.export(administrator, filter, format), {
      type: EXPORT_TYPES[format],
      disposition: `attachment; filename="portillon-journal.${format}"`,
    });
  }
}
