import { ApiProperty } from '@nestjs/swagger';
import { NullableInstant } from '@portillon/http';

/** `off`: the settings of this deployment exclude it. `failing`: it is set up, but does not answer. */
export const STEP_STATES = ['done', 'todo', 'failing', 'off'] as const;
export type StepState = (typeof STEP_STATES)[number];

export class SetupStep {
  @ApiProperty({
    enum: STEP_STATES,
    enumName: 'SetupStepState',
    description: '`off`: not configured. `failing`: no answer.',
  })
  state!: StepState;
}

export class SetupNameStep extends SetupStep {
  @ApiProperty({ description: '`SERVICE_NAME`' })
  serviceName!: string;

  @ApiProperty({ type: String, nullable: true, description: '`OPERATOR_NAME`' })
  operatorName!: string | null;
}

export class SetupMailStep extends SetupStep {
  @NullableInstant('When the link of a test mail was last opened.')
  openedAt!: Date | null;
}

export class SetupFinding {
  @ApiProperty({ enum: ['psc', 'cards'], enumName: 'SetupFindingOf' })
  of!: 'psc' | 'cards';

  @ApiProperty({ enum: STEP_STATES, enumName: 'SetupStepState' })
  state!: StepState;

  @ApiProperty({ description: 'The finding of `portillon doctor`.' })
  sentence!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The advice of `portillon doctor`.' })
  advice!: string | null;
}

export class SetupStrongMeansStep extends SetupStep {
  @ApiProperty({ type: [SetupFinding] })
  findings!: SetupFinding[];
}

export class SetupStructureStep extends SetupStep {
  @ApiProperty({ description: 'Whether a structure exists.' })
  hasStructure!: boolean;

  @ApiProperty({ description: 'Whether an active account administers one.' })
  hasAdministrator!: boolean;
}

export class SetupSecondStep extends SetupStep {
  @ApiProperty({ description: 'The number of active national administrators.' })
  count!: number;
}

export class SetupLegalStep extends SetupStep {
  @ApiProperty({ type: [String], description: 'The empty fields of the legal texts.' })
  missing!: string[];

  @ApiProperty({ type: [String], description: 'The keys of `SECRET_KEYS`, by their ids.' })
  keyIds!: string[];

  @ApiProperty({ type: [String], description: 'The keys without a confirmed copy elsewhere.' })
  unconfirmedKeyIds!: string[];
}

export class SetupState {
  @ApiProperty({ description: 'The number of steps that are done or off.', example: 4 })
  done!: number;

  @ApiProperty({ example: 7 })
  total!: number;

  @ApiProperty({ type: SetupNameStep })
  name!: SetupNameStep;

  @ApiProperty({ type: SetupMailStep })
  mail!: SetupMailStep;

  @ApiProperty({ type: SetupStep })
  sms!: SetupStep;

  @ApiProperty({ type: SetupStrongMeansStep })
  strongMeans!: SetupStrongMeansStep;

  @ApiProperty({ type: SetupStructureStep })
  structure!: SetupStructureStep;

  @ApiProperty({ type: SetupSecondStep })
  secondAdministrator!: SetupSecondStep;

  @ApiProperty({ type: SetupLegalStep })
  legal!: SetupLegalStep;
}
