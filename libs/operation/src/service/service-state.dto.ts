import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';
import { COMMIT_RISKS } from '@portillon/persistence';
import type { CommitRisk } from '@portillon/persistence';

/** `off`: this deployment has none. */
export const PART_STATES = ['well', 'warning', 'failing', 'off'] as const;
export type PartState = (typeof PART_STATES)[number];

export class ServicePart {
  @ApiProperty({
    enum: PART_STATES,
    enumName: 'PartState',
    description: '`failing`: people notice it. `warning`: they will notice it. `off`: not configured.',
  })
  state!: PartState;
}

export class LastSent {
  @ApiProperty({ format: 'date-time' })
  askedAt!: Date;

  @ApiProperty({ format: 'date-time', description: 'When the provider accepted it.' })
  handedOverAt!: Date;

  @ApiProperty({ example: 'smtp.hopital.example' })
  provider!: string;
}

export class ProviderState {
  @ApiProperty({ example: 'smtp.hopital.example' })
  name!: string;

  @ApiProperty({ description: 'Whether messages go through it; false during a pause after failures.' })
  up!: boolean;

  @ApiProperty({ description: 'Whether it is tried last, since too few of its codes are entered.' })
  passedOver!: boolean;
}

export class ChannelPart extends ServicePart {
  @NullableInstant('When this instance first saw it fail; null: it does not.')
  since!: Date | null;

  @ApiProperty({ type: [ProviderState] })
  providers!: ProviderState[];

  @ApiProperty({ type: LastSent, nullable: true, description: 'Null: none in the last 24 hours.' })
  lastSent!: LastSent | null;
}

export class OutboxLane {
  @ApiProperty({
    enum: ['later', 'bulk'],
    description: '`bulk`: sent at a limited rate, as invitations are.',
  })
  lane!: 'later' | 'bulk';

  @ApiProperty()
  waiting!: number;

  @NullableInstant('The time of the oldest waiting message.')
  oldestAt!: Date | null;
}

export class OutboxPart extends ServicePart {
  @ApiProperty({ type: [OutboxLane] })
  lanes!: OutboxLane[];

  @ApiProperty({ description: 'Messages that wait for an instance with their key.' })
  unreadable!: number;
}

export class JournalPart extends ServicePart {
  @NullableInstant('The time of the last seal.')
  sealedAt!: Date | null;

  @ApiProperty({ description: 'The number of the last seal; 0: none yet.' })
  sequence!: number;

  @ApiProperty({ description: 'How long the oldest line without a seal has waited.' })
  waitingSeconds!: number;

  @ApiProperty({ type: [String], description: 'The keys of waiting lines that this instance does not have.' })
  missingKeys!: string[];
}

export class WebhooksPart extends ServicePart {
  @ApiProperty({ description: 'Deliveries that wait for their first try.' })
  waiting!: number;

  @ApiProperty({ description: 'Deliveries that failed and are tried again.' })
  failing!: number;

  @ApiProperty({ description: 'The number of webhooks with such deliveries.' })
  failingEndpoints!: number;
}

export class AnsweringPart extends ServicePart {
  @ApiProperty({ type: Number, nullable: true, description: 'The duration of its latest answer.' })
  latencyMs!: number | null;
}

export class KeysPart extends ServicePart {
  @ApiProperty({ type: [String], description: 'The keys of other instances that this one does not have.' })
  missingKeys!: string[];
}

export class ClockPart extends ServicePart {
  @ApiProperty({ type: Number, nullable: true, description: 'Its clock’s lead on the database’s.' })
  aheadMs!: number | null;
}

export class DurabilityPart extends ServicePart {
  @ApiProperty({
    enum: COMMIT_RISKS,
    enumName: 'CommitRisk',
    isArray: true,
    description: 'Reasons for which the database may lose what it acknowledged.',
  })
  risks!: CommitRisk[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The node of the database cluster that all instances use; null: no such cluster.',
    example: 'db1:3306 5f2c09ab',
  })
  node!: string | null;
}

export class ExpiryPart extends ServicePart {
  @ApiProperty({
    description: 'The setting with the path of its file, or the address of its server.',
    example: 'TLS_CERT_FILE',
  })
  setting!: string;

  @ApiProperty({
    description: 'The owner of the certificate or list, or host and port of the server.',
    example: 'portillon.example',
  })
  subject!: string;

  @NullableInstant('When it expires; null: none is valid now.')
  at!: Date | null;
}

export class ServiceState {
  @ApiProperty({ format: 'date-time', description: 'The time of these checks, by the answering instance.' })
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

  @ApiProperty({ type: AnsweringPart, description: 'Redis; without it the database counts limits.' })
  redis!: AnsweringPart;

  @ApiProperty({ type: KeysPart })
  keys!: KeysPart;

  @ApiProperty({ type: ClockPart })
  clock!: ClockPart;

  @ApiProperty({ type: DurabilityPart })
  durability!: DurabilityPart;

  @ApiProperty({ type: [ExpiryPart], description: 'Certificates and revocation lists, by expiry.' })
  expiries!: ExpiryPart[];
}
