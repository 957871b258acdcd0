import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MEANS } from '../access.options';
import type { SignInMeans as MeansId } from '../access.options';

/** A means of signing in, as integrators and the page see it. */
export class Means {
  @ApiProperty({ enum: MEANS, enumName: 'MeansId' })
  id!: MeansId;

  @ApiProperty()
  available!: boolean;

  @ApiPropertyOptional({
    description: 'True while a means that is offered here does not answer. It comes back by itself.',
  })
  away?: boolean;
}
