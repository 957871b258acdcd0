import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { OneLine, Optional } from '@portillon/http';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** What the journal keeps of a reason. */
export const REASON_LENGTH = 128;

export class AdminAct {
  @ApiPropertyOptional({ description: 'Why, for the journal.', maxLength: REASON_LENGTH })
  @Optional()
  @IsString()
  @MaxLength(REASON_LENGTH)
  @OneLine()
  reason?: string;
}

/** That a person was recognised face to face. */
export class InPersonProof {
  @ApiProperty({
    description: 'How the person was recognised, for the journal: compulsory.',
    maxLength: REASON_LENGTH,
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(REASON_LENGTH)
  @OneLine()
  reason!: string;
}
