import { ApiProperty } from '@nestjs/swagger';
import type { ListPreference } from './list-preference.repository';
import { OneLine, validateBody } from '@portillon/http';
import { ArrayMaxSize, IsArray, IsNotEmpty, IsObject, IsString, MaxLength } from 'class-validator';

/** The lists whose views and columns a user can save. */
export const OWN_LISTS = ['accounts', 'journal', 'statistics'] as const;
const MOST_VIEWS = 20;
const MOST_COLUMNS = 20;
const NAME_LENGTH = 40;
const QUERY_LENGTH = 2_000;

export class OwnListView {
  @ApiProperty({ maxLength: NAME_LENGTH, example: 'Refus de la semaine' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  name!: string;

  @ApiProperty({
    maxLength: QUERY_LENGTH,
    example: 'outcome=FAILURE&period=7',
    description: 'The filters of the view, as the page’s address has them.',
  })
  @IsString()
  @MaxLength(QUERY_LENGTH)
  @OneLine()
  query!: string;
}

/** How a person likes to see a list. */
export class OwnList {
  @ApiProperty({ type: [OwnListView], maxItems: MOST_VIEWS })
  @IsArray()
  @ArrayMaxSize(MOST_VIEWS)
  @IsObject({ each: true })
  views!: OwnListView[];

  @ApiProperty({ type: [String], maxItems: MOST_COLUMNS, description: 'Empty: the default columns.' })
  @IsArray()
  @ArrayMaxSize(MOST_COLUMNS)
  @IsString({ each: true })
  @MaxLength(NAME_LENGTH, { each: true })
  columns!: string[];
}

/** @throws AppError `validation.failed` for an invalid view */
export function listPreferenceOf({ views, columns }: OwnList): ListPreference {
  return {
    views: views.map((view) => ({ ...validateBody(OwnListView, view) })),
    columns,
  };
}
