import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { Idempotent, queryLimit, queryText, SeenVersion, setVersion } from '@portillon/http';
import type { WebhookEndpoint } from '@portillon/webhook';
import type { FastifyReply } from 'fastify';
import { AdminAct, CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdministeredWebhooksService } from './administered-webhooks.service';
import {
  AdminWebhook,
  AdminWebhookPage,
  AdminWebhookWithSecret,
  WebhookRegistration,
  WebhookUpdate,
  webhookView,
} from './webhook.dto';

const IF_MATCH = { name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' };

@ApiTags('Administration: webhooks')
@ApiCookieAuth('session')
@Controller('api/admin/webhooks')
export class WebhookController {
  constructor(private readonly webhooks: AdministeredWebhooksService) {}

  @Get()
  @Requires('webhooks.read')
  @ApiOperation({
    summary: 'The webhooks within reach, the oldest first',
    description: 'A structure’s administrator sees the applications of that structure only. Paginated.',
  })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminWebhookPage })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'] })
  @ApiErrors({ 422: ['validation.failed'] })
  async listAdminWebhooks(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminWebhookPage> {
    const cursor = queryText('cursor', query['cursor']);
    const limit = queryLimit(query['limit']);
    const page = await this.webhooks.list(administrator, { limit, ...(cursor ? { cursor } : {}) });
    return { items: page.items.map(webhookView), nextCursor: page.nextCursor };
  }

  @Post()
  @RequiresStepUp()
  @Requires('webhooks.edit')
  @Idempotent(['secret'])
  @ApiOperation({
    summary: 'Creates a webhook',
    description: 'Only this answer contains its secret. Deliveries follow Standard Webhooks 1.0.0.',
  })
  @ApiCreatedResponse({ type: AdminWebhookWithSecret })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 400: ['idempotency-key.required', 'idempotency-key.malformed'], 403: ['permission.denied'] })
  @ApiErrors({ 404: ['not-found'], 409: ['webhook.too-many', 'idempotency-key.in-progress'] })
  @ApiErrors({ 422: ['validation.failed', 'idempotency-key.reused'] })
  async createAdminWebhook(
    @CurrentAdministrator() administrator: Administrator,
    @Body() body: WebhookRegistration,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminWebhookWithSecret> {
    const { reason, ...wanted } = body;
    const { endpoint, secret } = await this.webhooks.register(administrator, wanted, reason);
    return { ...this.#answer(reply, endpoint), secret };
  }

  @Get(':id')
  @Requires('webhooks.read')
  @ApiOperation({
    summary: 'One webhook within reach',
    description: 'With its version, which `If-Match` takes.',
  })
  @ApiOkResponse({ type: AdminWebhook })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminWebhook(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminWebhook> {
    return this.#answer(reply, await this.webhooks.get(administrator, id));
  }

  @Patch(':id')
  @RequiresStepUp()
  @Requires('webhooks.edit')
  @ApiOperation({
    summary: 'Changes, disables or enables a webhook',
    description:
      'Fields that are left out stay unchanged. `If-Match` is the version that the caller has read; the answer is 412 when it has changed since.',
  })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: AdminWebhook })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
  @ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async updateAdminWebhook(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @SeenVersion() version: number,
    @Body() body: WebhookUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminWebhook> {
    const { reason, ...changes } = body;
    return this.#answer(reply, await this.webhooks.edit(administrator, id, changes, version, reason));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequiresStepUp()
  @Requires('webhooks.edit')
  @ApiOperation({
    summary: 'Removes a webhook and its deliveries',
    description: 'Waiting deliveries are not sent. The journal keeps the record of the webhook.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
  async deleteAdminWebhook(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<void> {
    await this.webhooks.remove(administrator, id);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('webhooks.edit')
  @ApiOperation({
    summary: 'Gives a webhook another secret',
    description:
      'The secret is shown only once. For 24 hours deliveries have two signatures: by the new secret and by the previous one.',
  })
  @ApiOkResponse({ type: AdminWebhookWithSecret })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
  @ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'] })
  async rotateAdminWebhookSecret(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() { reason }: AdminAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminWebhookWithSecret> {
    const { endpoint, secret } = await this.webhooks.replaceSecret(administrator, id, reason);
    return { ...this.#answer(reply, endpoint), secret };
  }

  #answer(reply: FastifyReply, endpoint: WebhookEndpoint): AdminWebhook {
    setVersion(reply, endpoint.version);
    return webhookView(endpoint);
  }
}
