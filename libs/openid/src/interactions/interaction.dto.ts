import { ApiProperty } from '@nestjs/swagger';
import type { Factor } from '@portillon/access';
import { NullableText } from '@portillon/http';
import { PROVING_MEANS, type ProvingMeans } from '../provider/level.policy';
import { INTERACTION_PROMPTS, type InteractionDetails, type InteractionPrompt } from './interaction.types';

export class InteractionApplication {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Where a sign-in can begin anew.' })
  initiateLoginUri!: string | null;

  @NullableText('With `consent`: the structure that the application belongs to. Null: the whole service.')
  operator!: string | null;
}

export class InteractionAccount {
  @ApiProperty()
  displayName!: string;
}

export class InteractionView implements InteractionDetails {
  @ApiProperty({ type: InteractionApplication })
  application!: InteractionApplication;

  @ApiProperty({
    enum: INTERACTION_PROMPTS,
    description:
      'What is still to be asked, as things stand now: read it again after a sign-in. `confirm-identity`: all is there, and the person says that it is them.',
  })
  prompt!: InteractionPrompt;

  @ApiProperty({ type: InteractionAccount, nullable: true, description: 'Who is signed in in this browser.' })
  account!: InteractionAccount | null;

  @ApiProperty({ type: String, nullable: true, description: 'The level that the application asks for.' })
  requiredAcr!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'How old the latest proof may be, in seconds.' })
  maxAge!: number | null;

  @ApiProperty({
    enum: PROVING_MEANS,
    isArray: true,
    description: 'With `step-up`: the means that reach what the application asks for.',
  })
  means!: ProvingMeans[];

  @ApiProperty({
    // The document lists what the libraries registered.
    enum: [],
    isArray: true,
    description: 'With `step-up`: the codes that the person has and that reach it, the preferred one first.',
  })
  codes!: Factor[];

  @ApiProperty({ type: [String], description: 'What the person is asked to consent to.' })
  scopes!: string[];

  @ApiProperty({ type: String, nullable: true, description: 'Whom the application expects.' })
  loginHint!: string | null;
}

export class InteractionResult {
  @ApiProperty({ description: 'Where the browser goes next.' })
  redirectTo!: string;
}
