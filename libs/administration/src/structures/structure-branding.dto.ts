import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NullableText } from '@portillon/http';
import { logoPath } from '@portillon/access';
import type { Structure } from '@portillon/structure';
import { IsString, MaxLength, ValidateIf } from 'class-validator';
import { AdminAct } from '@portillon/user-management';

const NAME_LENGTH = 80;
const COLOUR_LENGTH = 7;
/** Longer than any accepted file, so that the error is about its size. */
const FILE_LENGTH = 60_000;

const UnlessNull = () => ValidateIf((_body, value) => value !== null);
const UnlessLeftOut = () => ValidateIf((_body, value) => value !== undefined && value !== null);

export class AdminFace {
  @NullableText('The usual name of the structure; null: the registered name.')
  displayName!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The path of its logo.' })
  logo!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '#0a5650' })
  accent!: string | null;

  @ApiProperty({ description: 'The version of the structure, which a change sends in `If-Match`.' })
  version!: number;
}

export class FaceUpdate extends AdminAct {
  @ApiProperty({ type: String, nullable: true, maxLength: NAME_LENGTH })
  @UnlessNull()
  @IsString()
  @MaxLength(NAME_LENGTH)
  displayName!: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description:
      'An SVG file of 20 kB at most, as text. A file with active content or external references is refused; the server rewrites all others. When left out, the logo stays; null: none.',
  })
  @UnlessLeftOut()
  @IsString()
  @MaxLength(FILE_LENGTH)
  logo?: string | null;

  @NullableText('The server darkens it until its contrast with white is 7:1.', '#1d70b8')
  @UnlessNull()
  @IsString()
  @MaxLength(COLOUR_LENGTH)
  accent!: string | null;
}

export function adminFaceView({ branding: face, version }: Structure): AdminFace {
  const { displayName, logo, accent } = face;
  return { displayName, logo: logoPath(logo), accent, version };
}
