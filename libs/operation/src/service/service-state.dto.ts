import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';

/** `off`: this deployment has none. */
export const PART_STATES = ['well', 'warning', 'failing', 'off'] as const;
export type PartState = (typeof PART_STATES)[number];

export class ServicePart {
  @ApiProperty({
    enum: PART_STATES,
    enumName: 'PartState',
    description: '`failing`: people notice. `warning`: they will. `off`: not set up.',
  })
  state!: PartState;
}

export class LastSent {
  @ApiProperty({ format: 'date-time' })
  askedAt!: Date;

  @ApiProperty({ format: 'date-time', description: 'When the provider took it.' })
  handedOverAt!: Date;

  @ApiProperty({ example: 'smtp.hopital.example' })
  provider!: string;
}

export class ProviderState {
  @ApiProperty({ example: 'smtp.hopital.example' })
  name!: string;

  @ApiProperty({ description: 'Whether messages are given to it; false while it is left alone.' })
  up!: boolean;
}

export class ChannelPart extends ServicePart {
  @ApiProperty({ type: [ProviderState] })
  providers!: ProviderState[];

  @ApiProperty({ type: LastSent, nullable: true, description: 'Of the last 24 hours.' })
  lastSent!: LastSent | null;
}

export class OutboxLane {
  @ApiProperty({ enum: ['later', 'bulk'], description: '`bulk`: sent a few at a time, as invitations are.' })
  lane!: 'later' | 'bulk';

  @ApiProperty()
  waiting!: number;

  @NullableInstant('When the one that waits longest was written.')
  oldestAt!: Date | null;
}

export class OutboxPart extends ServicePart {
  @ApiProperty({ type: [OutboxLane] })
  lanes!: OutboxLane[];

  @ApiProperty({ description: 'Messages that wait for an instance which has their key.' })
  unreadable!: number;
}

export class JournalPart extends ServicePart {
  @NullableInstant('When the last seal was made.')
  sealedAt!: Date | null;

  @ApiProperty({ description: 'Its number; 0: there is none yet.' })
  sequence!: number;

  @ApiProperty({ description: 'How long the line that waits longest for its seal has waited.' })
  waitingSeconds!: number;

  @ApiProperty({ type: [String], description: 'Keys of waiting lines that this instance lacks.' })
  missingKeys!: string[];
}

export class WebhooksPart extends ServicePart {
  @ApiProperty({ description: 'Deliveries that wait for their first try.' })
  waiting!: number;

  @ApiProperty({ description: 'Deliveries that failed and are tried again.' })
  failing!: number;

  @ApiProperty({ description: 'Webhooks of these.' })
  failingEndpoints!: number;
}

export class AnsweringPart extends ServicePart {
  @ApiProperty({ type: Number, nullable: true, description: 'How long its latest answer took.' })
  latencyMs!: number | null;
}

export class KeysPart extends ServicePart {
  @ApiProperty({ type: [String], description: 'Keys of other instances that this one lacks.' })
  missingKeys!: string[];
}

export class ClockPart extends ServicePart {
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'How far this instance is ahead of the database.',
  })
  aheadMs!: number | null;
}

export class ExpiryPart extends ServicePart {
  @ApiProperty({ description: 'The setting that names its file.', example: 'TLS_CERT_FILE' })
  setting!: string;

  @ApiProperty({ description: 'Whose it is.', example: 'portillon.example' })
  subject!: string;

  @NullableInstant('Until when it is good; null: there is none that is good now.')
  at!: Date | null;
}

export class ServiceState {
  @ApiProperty({ format: 'date-time', description: 'When the instance that answers looked.' })
  at!: Date;

  @ApiProperty({ type: ChannelPart })
  mail!: ChannelPart;

  @ApiProperty({ type: ChannelPart })
  sms!: ChannelPart;

  @ApiProperty({ type: OutboxPart })
  outbox!: OutboxPart;

  @ApiProperty({ type: ServicePart })
  proSanteConnect!: ServicePart;

  @ApiProperty({ type: JournalPart })
  journal!: JournalPart;

  @ApiProperty({ type: WebhooksPart })
  webhooks!: WebhooksPart;

  @ApiProperty({ type: AnsweringPart })
  database!: AnsweringPart;

  @ApiProperty({
    type: AnsweringPart,
    description: 'Where limits are counted; without it the database counts.',
  })
  redis!: AnsweringPart;

  @ApiProperty({ type: KeysPart })
  keys!: KeysPart;

  @ApiProperty({ type: ClockPart })
  clock!: ClockPart;

  @ApiProperty({
    type: [ExpiryPart],
    description: 'Certificates and revocation lists, what ends first first.',
  })
  expiries!: ExpiryPart[];
}
