import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NullableInstant, NullableText, OneLine, Optional } from '@portillon/http';
import { DELIVERY_STATES, WEBHOOK_EVENTS, WebhookDelivery, WebhookEndpoint } from '@portillon/webhook';
import type { DeliveryState, WebhookEventType } from '@portillon/webhook';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsString,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { AdminAct } from '@portillon/user-management';

const NAME_LENGTH = 100;
const URL_LENGTH = 1000;
const ID_LENGTH = 36;
const STATUSES = ['active', 'disabled'] as const;
const REASONS = ['administrator', 'gone'] as const;
const FAILURES = [
  'url-refused',
  'address-refused',
  'host-unknown',
  'certificate-refused',
  'timeout',
  'answer-too-large',
  'unreachable',
  'redirected',
  'refused',
  'gone',
  'endpoint-disabled',
] as const;

export class AdminWebhook {
  @ApiProperty()
  id!: string;

  @NullableText('The structure whose events it receives; null: it receives those of every structure.')
  structureId!: string | null;

  @ApiProperty({ example: 'Annuaire' })
  name!: string;

  @ApiProperty({ example: 'https://annuaire.example/portillon' })
  url!: string;

  @ApiProperty({ enum: WEBHOOK_EVENTS, enumName: 'WebhookEventType', isArray: true })
  events!: WebhookEventType[];

  @ApiProperty({ enum: STATUSES, enumName: 'WebhookStatus' })
  status!: 'active' | 'disabled';

  @ApiProperty({
    enum: REASONS,
    enumName: 'WebhookDisabledReason',
    nullable: true,
    description: 'The reason why it was disabled; `gone`: it answered 410.',
  })
  disabledReason!: 'administrator' | 'gone' | null;

  @NullableInstant('Until then the previous secret signs too.')
  previousSecretUntil!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  @ApiProperty({ description: 'The version, which a change sends in `If-Match`.' })
  version!: number;
}

export class AdminWebhookPage {
  @ApiProperty({ type: [AdminWebhook] })
  items!: AdminWebhook[];

  @ApiProperty({ type: String, nullable: true, description: 'Send it as `cursor` to get the next page.' })
  nextCursor!: string | null;
}

export class AdminWebhookWithSecret extends AdminWebhook {
  @NullableText(
    'The secret that signs its deliveries, shown only once; null when the answer repeats for an `Idempotency-Key`.',
    'whsec_…',
  )
  secret!: string | null;
}

export class WebhookRegistration extends AdminAct {
  @ApiProperty({ maxLength: NAME_LENGTH })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  name!: string;

  @ApiProperty({
    description: '`https://`, public unless the operator allows others.',
    maxLength: URL_LENGTH,
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(URL_LENGTH)
  url!: string;

  @ApiProperty({ enum: WEBHOOK_EVENTS, enumName: 'WebhookEventType', isArray: true })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(WEBHOOK_EVENTS.length)
  @IsIn(WEBHOOK_EVENTS, { each: true })
  events!: WebhookEventType[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description:
      'Only a national administrator may set it; a structure’s administrator always creates webhooks for that structure.',
  })
  @ValidateIf((_body, value) => value !== undefined && value !== null)
  @IsString()
  @IsNotEmpty()
  @MaxLength(ID_LENGTH)
  structureId?: string | null;
}

export class WebhookUpdate extends AdminAct {
  @ApiPropertyOptional({ maxLength: NAME_LENGTH })
  @Optional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  name?: string;

  @ApiPropertyOptional({ maxLength: URL_LENGTH })
  @Optional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(URL_LENGTH)
  url?: string;

  @ApiPropertyOptional({ enum: WEBHOOK_EVENTS, enumName: 'WebhookEventType', isArray: true })
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(WEBHOOK_EVENTS.length)
  @IsIn(WEBHOOK_EVENTS, { each: true })
  events?: WebhookEventType[];

  @ApiPropertyOptional({
    enum: STATUSES,
    enumName: 'WebhookStatus',
    description: '`disabled`: waiting deliveries fail, and can be sent again once it is active.',
  })
  @Optional()
  @IsIn(STATUSES)
  status?: 'active' | 'disabled';
}

export class AdminWebhookDelivery {
  @ApiProperty({ description: 'The `webhook-id` of every try.' })
  id!: string;

  @ApiProperty({ example: 'account.created' })
  type!: string;

  @ApiProperty({ description: 'The exact body that is sent.' })
  payload!: string;

  @ApiProperty({ enum: DELIVERY_STATES, enumName: 'WebhookDeliveryState' })
  state!: DeliveryState;

  @ApiProperty({ description: 'Tries so far, of ten.' })
  attempts!: number;

  @NullableInstant('The time of the next try.')
  dueAt!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'The HTTP status of the last try.' })
  lastStatus!: number | null;

  @ApiProperty({ enum: FAILURES, enumName: 'WebhookFailure', nullable: true })
  lastFailure!: (typeof FAILURES)[number] | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @NullableInstant()
  settledAt!: string | null;
}

export class AdminWebhookDeliveryPage {
  @ApiProperty({ type: [AdminWebhookDelivery] })
  items!: AdminWebhookDelivery[];

  @ApiProperty({ type: String, nullable: true, description: 'Send it as `cursor` to get the next page.' })
  nextCursor!: string | null;
}

export function webhookView({
  previousSecretUntil,
  createdAt,
  updatedAt,
  ...rest
}: WebhookEndpoint): AdminWebhook {
  return {
    ...rest,
    previousSecretUntil: previousSecretUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function deliveryView({
  endpointId: _endpoint,
  dueAt,
  createdAt,
  settledAt,
  ...rest
}: WebhookDelivery): AdminWebhookDelivery {
  return {
    ...rest,
    dueAt: dueAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  };
}
