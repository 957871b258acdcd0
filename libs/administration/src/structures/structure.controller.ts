import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { AuditService } from '@portillon/audit';
import { Structure, STRUCTURE_KINDS } from '@portillon/structure';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import {
  Idempotent,
  queryBoolean,
  queryChoice,
  queryLimit,
  queryText,
  SeenVersion,
  setVersion,
  YES_OR_NO,
} from '@portillon/http';
import type { FastifyReply } from 'fastify';
import {
  AdministeredStructureService,
  CurrentAdministrator,
  Requires,
  StrongMeansPeopleService,
  StructureEditsService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import {
  AdminStructureFigures,
  AdminStructurePage,
  AdminStructureTree,
  structureLineView,
  structureNodeView,
} from './structure-page.dto';
import { AdminStructure, StructureRegistration, structureView, StructureUpdate } from './structure.dto';

/** So many structures below one are shown. */
const MOST_NODES = 500;
const IF_MATCH = { name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' };

@ApiTags('Administration: structures')
@ApiCookieAuth('session')
@Controller('api/admin/structures')
export class StructureController {
  constructor(
    private readonly administered: AdministeredStructureService,
    private readonly edits: StructureEditsService,
    private readonly people: StrongMeansPeopleService,
    private readonly audit: AuditService,
  ) {}

  @Get()
  @Requires('structures.read')
  @ApiOperation({
    summary: 'The structures within reach, by name',
    description: 'Paginated; `q` is the beginning of the name.',
  })
  @ApiQuery({ name: 'q', required: false, type: String, description: 'Beginning of the name.' })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({
    name: 'figures',
    required: false,
    enum: YES_OR_NO,
    description:
      '`true`: with the number of people, of those without strong means, and the last event of each structure.',
  })
  @ApiQuery({ name: 'kind', required: false, enum: STRUCTURE_KINDS })
  @ApiQuery({
    name: 'parentId',
    required: false,
    type: String,
    description: 'Those directly below a grouping.',
  })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminStructurePage })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'] })
  @ApiErrors({ 422: ['validation.failed'] })
  async listAdminStructures(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminStructurePage> {
    const page = await this.administered.list(administrator, {
      beginning: queryText('q', query['q']),
      cursor: queryText('cursor', query['cursor']),
      limit: queryLimit(query['limit']),
      kind: queryChoice('kind', query['kind'], STRUCTURE_KINDS),
      parentId: queryText('parentId', query['parentId']),
    });
    const parents = await this.administered.parentNames(page.items);
    const figures = queryBoolean('figures', query['figures'])
      ? await this.#figures(page.items)
      : new Map<string, AdminStructureFigures>();
    const items = page.items.map((structure) =>
      structureLineView(structure, parents, figures.get(structure.id)),
    );
    return { items, nextCursor: page.nextCursor };
  }

  @Post()
  @RequiresStepUp()
  @Requires('structures.create')
  @Idempotent()
  @ApiOperation({
    summary: 'Registers a structure',
    description:
      'A name or a FINESS number that exists already is refused. `structure.parent-invalid` gives in `errors` the reason: `parent-unknown`, `parent-not-grouping`, `too-many-levels`.',
  })
  @ApiCreatedResponse({ type: AdminStructure })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 400: ['idempotency-key.required', 'idempotency-key.malformed'], 403: ['permission.denied'] })
  @ApiErrors({ 409: ['structure.taken', 'idempotency-key.in-progress'] })
  @ApiErrors({ 422: ['validation.failed', 'structure.parent-invalid', 'idempotency-key.reused'] })
  async createAdminStructure(
    @CurrentAdministrator() administrator: Administrator,
    @Body() body: StructureRegistration,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminStructure> {
    return this.#answer(reply, await this.edits.register(administrator, body));
  }

  @Get(':id')
  @Requires('structures.read')
  @ApiOperation({
    summary: 'One structure within reach',
    description: 'With its version, which `If-Match` takes.',
  })
  @ApiOkResponse({ type: AdminStructure })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminStructure(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminStructure> {
    return this.#answer(reply, await this.administered.get(administrator, id));
  }

  @Get(':id/tree')
  @Requires('structures.read')
  @ApiOperation({
    summary: 'The structures below one within reach, on all levels',
    description: 'With the number of their people. Empty for an establishment.',
  })
  @ApiOkResponse({ type: AdminStructureTree })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminStructureTree(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminStructureTree> {
    const { items, total } = await this.administered.tree(administrator, id, MOST_NODES);
    const counts = await this.people.countAll(items);
    const peopleOf = new Map(counts.map(({ structureId, people }) => [structureId, people]));
    return { items: items.map((one) => structureNodeView(one, peopleOf.get(one.id) ?? 0)), total };
  }

  @Patch(':id')
  @RequiresStepUp()
  @Requires('structures.edit', 'id')
  @ApiOperation({
    summary: 'Changes the registration of a structure',
    description:
      '`If-Match` is the version that the caller has read; the answer is 412 when it has changed since. `structure.parent-invalid` gives in `errors` the reason: `parent-unknown`, `parent-not-grouping`, `parent-below`, `too-many-levels`, `structures-below`.',
  })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: AdminStructure })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'], 409: ['structure.taken'] })
  @ApiErrors({ 412: ['precondition.failed'], 428: ['precondition.required'] })
  @ApiErrors({ 422: ['validation.failed', 'structure.parent-invalid'] })
  async updateAdminStructure(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: StructureUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminStructure> {
    const { reason, ...changes } = body;
    return this.#answer(reply, await this.edits.edit(administrator, id, changes, version, reason));
  }

  /** Counts by structure, for one page. */
  async #figures(structures: readonly Structure[]): Promise<Map<string, AdminStructureFigures>> {
    if (structures.length === 0) return new Map();
    const [counts, newest] = await Promise.all([
      this.people.countAll(structures),
      this.audit.newestOf(structures.map(({ id }) => id)),
    ]);
    const figuresOf = (id: string): AdminStructureFigures => {
      const { people = 0, lacking = 0 } = counts.find(({ structureId }) => structureId === id) ?? {};
      return { people, withoutStrongMeans: lacking, lastActAt: newest.get(id)?.toISOString() ?? null };
    };
    return new Map(structures.map(({ id }) => [id, figuresOf(id)]));
  }

  async #answer(reply: FastifyReply, structure: Structure): Promise<AdminStructure> {
    setVersion(reply, structure.version);
    return structureView(structure, await this.administered.parentNames([structure]));
  }
}
