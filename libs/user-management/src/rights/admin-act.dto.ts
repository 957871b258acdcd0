import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { OneLine, Optional, SaysSomething } from '@portillon/http';
import { IsString, MaxLength } from 'class-validator';

/** The journal's form of a reason. */
const REASON_LENGTH = 128;

export class AdminAct {
  @ApiPropertyOptional({ description: 'The reason, for the journal.', maxLength: REASON_LENGTH })
  @Optional()
  @IsString()
  @MaxLength(REASON_LENGTH)
  @OneLine()
  reason?: string;
}

const CompulsoryReason = (description: string) =>
  applyDecorators(
    ApiProperty({ description, maxLength: REASON_LENGTH }),
    IsString(),
    SaysSomething(),
    MaxLength(REASON_LENGTH),
    OneLine(),
  );

/** An act that is not done without a reason. */
export class ReasonedAct {
  @CompulsoryReason('The reason, for the journal. Required.')
  reason!: string;
}

/** That a person was recognised face to face. */
export class InPersonProof {
  @CompulsoryReason('How the person was identified, for the journal. Required.')
  reason!: string;
}
