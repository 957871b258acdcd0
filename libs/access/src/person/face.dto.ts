import { ApiProperty } from '@nestjs/swagger';
import { NullableText } from '@portillon/http';
import type { ShownBranding } from '@portillon/structure';

/** The branding of a structure. */
export class Face {
  @ApiProperty({ example: 'CHU des Trois Dames' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The path of its logo, an SVG file.' })
  logo!: string | null;

  @NullableText('A colour that is dark enough to be read on white.', '#0a5650')
  accent!: string | null;
}

export function faceView({ name, logo, accent }: ShownBranding): Face {
  return { name, logo: logoPath(logo), accent };
}

/** The path contains the digest of the content: only those who were shown a logo can find it. */
export function logoPath(digest: string | null): string | null {
  return digest && `/api/logos/${digest}`;
}
