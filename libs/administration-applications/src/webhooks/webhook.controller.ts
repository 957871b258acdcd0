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
  ApiAcceptedResponse,
} from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { Idempotent, queryLimit, queryText, SeenVersion, setVersion, queryChoice } from '@portillon/http';
import { AdminAct, CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { DELIVERY_STATES, WebhookOutboxService } from '@portillon/webhook';
import type { WebhookEndpoint } from '@portillon/webhook';
import type { FastifyReply } from 'fastify';
import { AdministeredWebhooksService } from './administered-webhooks.service';
import {
  AdminWebhook,
  AdminWebhookPage,
  AdminWebhookWithSecret,
  WebhookRegistration,
  WebhookUpdate,
  webhookView,
  AdminWebhookDelivery,
  AdminWebhookDeliveryPage,
  deliveryView,
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

@ApiTags('Administration: webhooks')
@ApiCookieAuth('session')
@Controller('api/admin/webhooks/:id')
export class WebhookDeliveryController {
  constructor(
    private readonly webhooks: AdministeredWebhooksService,
    private readonly outbox: WebhookOutboxService,
  ) {}

  @Get('deliveries')
  @Requires('webhooks.read')
  @ApiOperation({
    summary: 'The deliveries of a webhook, newest first',
    description: 'Paginated; finished deliveries are kept for 30 days.',
  })
  @ApiQuery({ name: 'state', required: false, enum: DELIVERY_STATES, enumName: 'WebhookDeliveryState' })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminWebhookDeliveryPage })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'] })
  @ApiErrors({ 404: ['not-found'], 422: ['validation.failed'] })
  async listAdminWebhookDeliveries(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminWebhookDeliveryPage> {
    const limit = queryLimit(query['limit']);
    const cursor = queryText('cursor', query['cursor']);
    const state = queryChoice('state', query['state'], DELIVERY_STATES);
    const endpoint = await this.webhooks.get(administrator, id);
    const range = { limit, ...(cursor ? { cursor } : {}), ...(state ? { state } : {}) };
    const page = await this.outbox.list(endpoint.id, range);
    return { items: page.items.map(deliveryView), nextCursor: page.nextCursor };
  }

  @Post('deliveries/:deliveryId/replay')
  @HttpCode(202)
  @RequiresStepUp()
  @Requires('webhooks.edit')
  @ApiOperation({
    summary: 'Sends a finished delivery again',
    description:
      'Uses the same `webhook-id`, so that the receiver can detect a repeat, and allows ten new tries.',
  })
  @ApiAcceptedResponse({ type: AdminWebhookDelivery })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
  @ApiErrors({ 409: ['webhook.disabled', 'webhook.delivery-waits'], 422: ['validation.failed'] })
  async replayAdminWebhookDelivery(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('deliveryId') deliveryId: string,
    @Body() { reason }: AdminAct,
  ): Promise<AdminWebhookDelivery> {
    return deliveryView(await this.webhooks.replay(administrator, id, deliveryId, reason));
  }

  @Post('test')
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('webhooks.edit')
  @ApiOperation({
    summary: 'Sends one event of the type `webhook.test`, once',
    description: 'The answer gives the result, after 15 seconds at most.',
  })
  @ApiOkResponse({ type: AdminWebhookDelivery })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
  @ApiErrors({ 409: ['webhook.disabled'], 422: ['validation.failed'] })
  async testAdminWebhook(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() { reason }: AdminAct,
  ): Promise<AdminWebhookDelivery> {
    return deliveryView(await this.webhooks.test(administrator, id, reason));
  }
}
