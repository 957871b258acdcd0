import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength, ValidateIf } from 'class-validator';

/** Encrypted; contains the data that was read from the card. */
const TICKET_LENGTH = 2_048;

/** Nothing: the card is presented in TLS. */
export class CardSignInRequest {}

export class CardTicket {
  @ApiProperty({ enum: ['ticket'] })
  status!: 'ticket';

  @ApiProperty({ description: 'Works once, for 60 seconds, in the browser with this answer’s cookie.' })
  ticket!: string;
}

export class TicketSubmission {
  @ApiProperty()
  @IsString()
  @MaxLength(TICKET_LENGTH)
  ticket!: string;
}

export class CardLinking {
  @ApiPropertyOptional({
    description: 'From `POST /api/account/card/presentation`, when cards have a separate origin.',
  })
  @ValidateIf((body: CardLinking) => body.ticket !== undefined)
  @IsString()
  @MaxLength(TICKET_LENGTH)
  ticket?: string;
}

export class LinkedCard {
  @ApiProperty({ example: '89•••••••240', description: 'The national id, masked.' })
  nationalId!: string;
}
