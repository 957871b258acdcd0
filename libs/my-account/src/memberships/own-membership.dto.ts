import { ApiProperty } from '@nestjs/swagger';
import { SessionStructure } from '@portillon/access';
import { NullableInstant, NullableText } from '@portillon/http';

class OwnPlace {
  @ApiProperty({ type: SessionStructure })
  structure!: SessionStructure;

  @ApiProperty({ type: [String], example: ['professional'] })
  roles!: string[];

  @NullableText('What the person does there.', 'Cardiologue')
  function!: string | null;

  @NullableInstant('The last day of the membership; null: none.')
  until!: string | null;
}

export class OwnMembership extends OwnPlace {
  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({ description: 'Whether this structure manages the account.' })
  manages!: boolean;
}

const PROOFS = ['mail-link', 'card'] as const;

export class OwnMembershipProposal extends OwnPlace {
  @ApiProperty()
  id!: string;

  @ApiProperty({ format: 'date-time' })
  proposedAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({
    enum: PROOFS,
    enumName: 'ProposalProof',
    nullable: true,
    description:
      'What an answer still needs: the link of the mail, or a sign-in by card or Pro Santé Connect. Null: nothing.',
  })
  needs!: (typeof PROOFS)[number] | null;
}

export class OwnMembershipList {
  @ApiProperty({ type: [OwnMembership] })
  items!: OwnMembership[];

  @ApiProperty({
    type: [OwnMembershipProposal],
    description: 'Structures that propose to the person to join.',
  })
  proposals!: OwnMembershipProposal[];
}
