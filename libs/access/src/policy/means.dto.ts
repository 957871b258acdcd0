import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { SignInMeans } from './means.types';

/** A means of signing in, as integrators and the page see it. */
export class Means {
  // The OpenAPI document lists the values that the libraries registered.
  @ApiProperty({ enum: [], enumName: 'MeansId' })
  id!: SignInMeans;

  @ApiProperty()
  available!: boolean;

  @ApiPropertyOptional({
    description: 'True while an offered means does not answer; it recovers automatically.',
  })
  away?: boolean;
}
