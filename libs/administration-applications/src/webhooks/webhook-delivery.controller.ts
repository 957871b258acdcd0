import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCookieAuth,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { DELIVERY_STATES, WebhookOutboxService } from '@portillon/webhook';
import { AdminAct, CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { queryChoice, queryLimit, queryText } from '@portillon/http';
import { AdministeredWebhooksService } from './administered-webhooks.service';
import { AdminWebhookDelivery, AdminWebhookDeliveryPage, deliveryView } from './webhook.dto';

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
