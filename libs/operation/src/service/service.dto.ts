import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NullableText } from '@portillon/http';
import { Face } from '@portillon/access';
import { ACCESSIBILITY_STATES, type AccessibilityState } from '@portillon/administration-setup';

export class Service {
  @ApiProperty({ example: 'Portillon' })
  name!: string;

  @ApiProperty({ description: 'Whether messages go to the demo mailbox instead of leaving.' })
  demo!: boolean;

  @ApiProperty({ description: 'How long a code stays valid in a browser.', example: 24 })
  codeWindowHours!: number;

  @ApiProperty({ description: 'Whether this deployment can send SMS.' })
  smsAvailable!: boolean;

  @ApiProperty({
    type: Date,
    nullable: true,
    description: 'Since when no mail leaves, as of the latest check; null while it does.',
  })
  mailFailingSince!: Date | null;

  @NullableText(
    'The card’s separate origin, which the page calls; null: the card is presented at this origin.',
  )
  cardUrl!: string | null;

  @ApiProperty({ type: String, nullable: true })
  supportEmail!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The body that runs the service.' })
  operator!: string | null;

  @ApiProperty({
    description:
      'Whether the client’s address belongs to a structure with shared workstations: the page then stores nothing about a person.',
  })
  sharedWorkstation!: boolean;

  @ApiPropertyOptional({
    enum: ACCESSIBILITY_STATES,
    enumName: 'AccessibilityState',
    description: 'The operator’s declaration (RGAA); absent while the database does not answer.',
  })
  accessibility?: AccessibilityState;

  @ApiProperty({
    type: Face,
    nullable: true,
    description:
      'The branding of the structure whose address the caller has. Without one, on a page that an application opened: the branding of the only structure that the application serves. Null: none.',
  })
  face!: Face | null;
}
