import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { WAVE_PAUSES, WAVE_STATES } from '@portillon/account';
import type { WaveFigures } from '@portillon/account';
import { NullableInstant, OneLine, Optional } from '@portillon/http';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsNotEmpty,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { EligibleStructure, WaveProgress } from './waves.service';

const NAME_LENGTH = 100;
const ID_LENGTH = 36;
const MOST_STRUCTURES = 1_000;
const MOST_PER_HOUR = 18_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A new wave of invitations. */
export class WaveCreation {
  @ApiProperty({ example: 'Établissements du Nord', maxLength: NAME_LENGTH })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  name!: string;

  @ApiPropertyOptional({ type: [String], description: 'In the order of their days. Default: all, by name.' })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_STRUCTURES)
  @IsString({ each: true })
  @MaxLength(ID_LENGTH, { each: true })
  structureIds?: string[];

  @ApiPropertyOptional({ description: 'Also people whose invitation has expired. Default: false.' })
  @Optional()
  @IsBoolean()
  includeExpired?: boolean;

  @ApiProperty({ format: 'date', description: 'First day, within 90 days.' })
  @Matches(DAY)
  startsOn!: string;

  @ApiProperty({
    format: 'date',
    description: 'Last day, 7 to 60 days after the first: the invitations live so long.',
  })
  @Matches(DAY)
  until!: string;

  @ApiProperty({ minimum: 1, maximum: MOST_PER_HOUR })
  @IsInt()
  @Min(1)
  @Max(MOST_PER_HOUR)
  perHour!: number;

  @ApiPropertyOptional({
    minimum: 1,
    maximum: MOST_STRUCTURES,
    description: 'Default: all on the first day.',
  })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(MOST_STRUCTURES)
  structuresPerDay?: number;
}

export class AdminWaveFigures implements WaveFigures {
  @ApiProperty()
  people!: number;

  @ApiProperty()
  invited!: number;

  @ApiProperty({ description: 'People who opened the link, or have chosen a password.' })
  opened!: number;

  @ApiProperty({ description: 'People who have signed in since their invitation.' })
  signedIn!: number;

  @ApiProperty({ description: 'People whose address bounces.' })
  bounced!: number;

  @ApiProperty()
  reminded!: number;
}

class WaveStructure {
  @ApiProperty({ type: String, nullable: true, description: 'Null: the accounts without a structure.' })
  structureId!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Hôpital des Trois Dames' })
  name!: string | null;
}

export class AdminEligibleStructure extends WaveStructure {
  @ApiProperty()
  people!: number;
}

export class AdminWavePreview {
  @ApiProperty({ description: 'The number of people whom a wave would invite.' })
  people!: number;

  @ApiProperty({ type: [AdminEligibleStructure], description: 'By name.' })
  structures!: AdminEligibleStructure[];
}

export class AdminWaveStructure extends WaveStructure {
  @ApiProperty({ type: AdminWaveFigures })
  figures!: AdminWaveFigures;
}

export class AdminWave {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: WAVE_STATES, enumName: 'WaveState' })
  state!: (typeof WAVE_STATES)[number];

  @ApiProperty({ enum: WAVE_PAUSES, enumName: 'WavePause', nullable: true, description: 'Null: not paused.' })
  pausedReason!: (typeof WAVE_PAUSES)[number] | null;

  @ApiProperty({ format: 'date' })
  startsOn!: string;

  @ApiProperty({ format: 'date-time', description: 'The end of the wave and of its invitations.' })
  untilAt!: string;

  @ApiProperty()
  perHour!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Null: all on the first day.' })
  structuresPerDay!: number | null;

  @NullableInstant('When reminders were requested.')
  remindersAt!: string | null;

  @ApiProperty({ type: AdminWaveFigures })
  figures!: AdminWaveFigures;
}

export class AdminWaveList {
  @ApiProperty({ type: [AdminWave], description: 'The latest 50, newest first.' })
  items!: AdminWave[];
}

export class AdminWaveDetail extends AdminWave {
  @ApiProperty({ type: [AdminWaveStructure], description: 'By name.' })
  structures!: AdminWaveStructure[];
}

export function waveView({ wave, figures }: WaveProgress): AdminWave {
  const { id, name, state, pausedReason, startsOn, perHour, structuresPerDay, untilAt, remindersAt } = wave;
  const times = { untilAt: untilAt.toISOString(), remindersAt: remindersAt?.toISOString() ?? null };
  return { id, name, state, pausedReason, startsOn, perHour, structuresPerDay, ...times, figures };
}

export function previewView(structures: EligibleStructure[]): AdminWavePreview {
  return { people: structures.reduce((sum, { people }) => sum + people, 0), structures };
}
