import { ApiProperty } from '@nestjs/swagger';
import type { Delivery } from '@portillon/notification';
import { IsString, MaxLength } from 'class-validator';

const TOKEN_LENGTH = 160;

export class TestMessage {
  @ApiProperty({
    enum: ['SENT', 'FAILED', 'UNCONFIRMED'],
    enumName: 'TestDelivery',
    description: '`SENT`: a relay or a provider took it. `UNCONFIRMED`: it may have left.',
  })
  delivery!: Delivery;
}

export class OpenedTestMail {
  @ApiProperty({ maxLength: TOKEN_LENGTH, description: 'The value of `essai` in the link of the mail.' })
  @IsString()
  @MaxLength(TOKEN_LENGTH)
  token!: string;
}
