import { ApiProperty } from '@nestjs/swagger';

/** Of how many people the identity is proven, as it is now; one may be in several of the numbers. */
export class IdentityReport {
  @ApiProperty({ type: String, nullable: true, description: 'Its id; nothing for all structures together.' })
  structure!: string | null;

  @ApiProperty({ description: 'How many people have an account that is not closed.' })
  people!: number;

  @ApiProperty({ description: 'Whose identity was never verified.' })
  unverified!: number;

  @ApiProperty({ description: 'Whose identity is to be verified again, after three years.' })
  due!: number;

  @ApiProperty({ description: 'Whose national id the Annuaire Santé does not know.' })
  unknownToDirectory!: number;

  @ApiProperty({
    description: 'Whether the Annuaire Santé is asked: `unknownToDirectory` says nothing without.',
  })
  directoryAsked!: boolean;
}
