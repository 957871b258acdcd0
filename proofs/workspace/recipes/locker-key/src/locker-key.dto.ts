import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

export class LockerKeySubmission {
  @ApiProperty({ description: 'As it is printed in the locker.', example: '0123456789abcdef0123' })
  @Matches(/^[0-9a-f]{20}$/)
  key!: string;
}
