import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Channel, ErrorCode } from '@portillon/kernel';
import { Challenge } from './code/challenge.dto';
import { COUNTED } from './limits/send-limits';
import type { Counted } from './limits/send-limits';

export class ProblemField {
  @ApiProperty({ description: 'Name of the field of the body.', example: 'phoneNumber' })
  field!: string;

  @ApiProperty({ example: 'required' })
  code!: string;

  @ApiProperty({ description: 'In the language of the request.' })
  message!: string;

  @ApiPropertyOptional({ description: 'The part of the value that is wrong, where the message names it.' })
  word?: string;
}

/** Every error of the API (RFC 9457). */
export class Problem {
  @ApiProperty({
    format: 'uri-reference',
    example: '/api/errors/code.rejected',
    description: 'The page of this server that explains the code.',
  })
  type!: string;

  @ApiProperty({ description: 'In the language of `Accept-Language` (fr, en; fr by default).' })
  title!: string;

  @ApiProperty({ description: 'What happened and what to do next, in the language of `Accept-Language`.' })
  detail!: string;

  @ApiProperty({ example: 401 })
  status!: number;

  @ApiProperty({ example: '/api/sign-in/code' })
  instance!: string;

  // The OpenAPI document lists the values that the libraries registered.
  @ApiProperty({ enum: [], enumName: 'ErrorCode' })
  code!: ErrorCode;

  @ApiProperty({ description: 'The `X-Request-Id` of the answer: give it to support.' })
  requestId!: string;

  @ApiPropertyOptional({ description: 'The same number as `Retry-After`, in whole seconds.' })
  retryAfterSeconds?: number;

  @ApiPropertyOptional({
    enum: COUNTED,
    description: 'With `attempts.exceeded`: which message limit was reached.',
  })
  counted?: Counted;

  @ApiPropertyOptional({
    enum: [],
    enumName: 'CodeChannel',
    isArray: true,
    description: 'With `counted`: the channels still open.',
  })
  otherChannels?: Channel[];

  @ApiPropertyOptional({
    enum: ['rule'],
    description:
      'With `means.unavailable`: a rule of the person’s structure forbids the means; it is not out of order.',
  })
  cause?: 'rule';

  @ApiPropertyOptional({ description: 'With `code.rejected`: the tries that are left for this code.' })
  attemptsLeft?: number;

  @ApiPropertyOptional({
    type: () => Challenge,
    description: 'With `delivery.failed`: the code that did not leave.',
  })
  challenge?: Challenge;

  @ApiPropertyOptional({ description: 'With `interaction.expired`: the address that starts a new sign-in.' })
  initiateLoginUri?: string;

  @ApiPropertyOptional({ type: [ProblemField], description: 'For `validation.failed` and `password.weak`.' })
  errors?: ProblemField[];
}
