import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NullableText } from '@portillon/http';
import { Face } from '@portillon/access';
import { ACCESSIBILITY_STATES, type AccessibilityState } from '@portillon/administration-setup';

export class Service {
  @ApiProperty({ example: 'Portillon' })
  name!: string;

  @ApiProperty({ description: 'Whether messages go to the demo mailbox instead of leaving.' })
  demo!: boolean;

  @ApiProperty({ description: 'How long a code holds on a browser.', example: 24 })
  codeWindowHours!: number;

  @ApiProperty({ description: 'Whether SMS can leave at all.' })
  smsAvailable!: boolean;

  @NullableText(
    'The card’s own origin, which the page calls across origins; null: the card is presented here.',
  )
  cardUrl!: string | null;

  @ApiProperty({ type: String, nullable: true })
  supportEmail!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The body that runs the service.' })
  operator!: string | null;

  @ApiProperty({
    description:
      'Whether the client’s address belongs to a structure with shared workstations: store nothing about a person there.',
  })
  sharedWorkstation!: boolean;

  @ApiPropertyOptional({
    enum: ACCESSIBILITY_STATES,
    enumName: 'AccessibilityState',
    description: 'What the operator declares (RGAA); absent while the database is away.',
  })
  accessibility?: AccessibilityState;

  @ApiProperty({
    type: Face,
    nullable: true,
    description:
      'What the one structure whose address the caller has is recognised by; in a page to which an application sent the browser, else that of the one structure for whose people the application is. Null: nothing.',
  })
  face!: Face | null;
}
