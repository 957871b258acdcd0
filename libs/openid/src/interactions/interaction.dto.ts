import { ApiProperty } from '@nestjs/swagger';
import type { Factor } from '@portillon/access';
import { SessionStructure } from '@portillon/access';
import { NullableText } from '@portillon/http';
import { PROVING_MEANS, type ProvingMeans } from '../provider/level.policy';

/** The library's name for a request that waits for a user. */
export const INTERACTION = 'Interaction';

/** The next step of the user. */
export const INTERACTION_PROMPTS = [
  'sign-in',
  'step-up',
  'structure',
  'confirm-identity',
  'consent',
] as const;

export type InteractionPrompt = (typeof INTERACTION_PROMPTS)[number];

export class InteractionApplication {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The address that starts a new sign-in.' })
  initiateLoginUri!: string | null;

  @NullableText('With `consent`: the structure of the application. Null: the whole service.')
  operator!: string | null;
}

export class InteractionAccount {
  @ApiProperty()
  displayName!: string;
}

/** A sign-in that an application waits for, as a page shows it. */
export class InteractionView {
  @ApiProperty({ type: InteractionApplication })
  application!: InteractionApplication;

  @ApiProperty({
    enum: INTERACTION_PROMPTS,
    description:
      'The next step of the person; read it again after a sign-in. `confirm-identity`: the proof suffices, and the person confirms who they are. `structure`: the person chooses one of `structures` with `PUT /api/session/structure`.',
  })
  prompt!: InteractionPrompt;

  @ApiProperty({ type: InteractionAccount, nullable: true, description: 'The signed-in person.' })
  account!: InteractionAccount | null;

  @ApiProperty({ type: String, nullable: true, description: 'The level that the application requires.' })
  requiredAcr!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Greatest age of the proof, in seconds.' })
  maxAge!: number | null;

  @ApiProperty({ enum: PROVING_MEANS, isArray: true, description: 'With `step-up`: the sufficient means.' })
  means!: ProvingMeans[];

  @ApiProperty({
    // The OpenAPI document lists the values that the libraries registered.
    enum: [],
    isArray: true,
    description: 'With `step-up`: the person’s sufficient factors, the preferred one first.',
  })
  codes!: Factor[];

  @ApiProperty({
    type: [SessionStructure],
    description: 'With `structure`: those that the application admits.',
  })
  structures!: SessionStructure[];

  @ApiProperty({ type: [String], description: 'The scopes that need the person’s consent.' })
  scopes!: string[];

  @ApiProperty({ type: String, nullable: true, description: 'The person that the application expects.' })
  loginHint!: string | null;
}

export class InteractionResult {
  @ApiProperty({ description: 'The address to open next.' })
  redirectTo!: string;
}
