import { ApiProperty } from '@nestjs/swagger';

/** Present numbers of users by proof of identity; a user may be in several of them. */
export class IdentityReport {
  @ApiProperty({ type: String, nullable: true, description: 'Its id; null: all structures together.' })
  structure!: string | null;

  @ApiProperty({ description: 'The number of people with an account that is not closed.' })
  people!: number;

  @ApiProperty({ description: 'People whose identity was never verified.' })
  unverified!: number;

  @ApiProperty({ description: 'People whose identity must be verified again, after three years.' })
  due!: number;

  @ApiProperty({ description: 'People whose national id the Annuaire Santé does not know.' })
  unknownToDirectory!: number;

  @ApiProperty({
    description:
      'Whether this deployment queries the Annuaire Santé; otherwise `unknownToDirectory` has no meaning.',
  })
  directoryAsked!: boolean;
}
