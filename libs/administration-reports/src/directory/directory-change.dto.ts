import { ApiProperty } from '@nestjs/swagger';
import { DIRECTORY_CHANGE_KINDS } from '@portillon/account';
import type { DirectoryChange, DirectoryChangeKind } from '@portillon/account';

class NamedSubject {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: 'Claire Martin' })
  name!: string;
}

export class AdminDirectoryChange {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    enum: DIRECTORY_CHANGE_KINDS,
    enumName: 'DirectoryChangeKind',
    description:
      '`inactive`: the person practises no longer. `left`: no longer in the structure. `replaced-id`: an RPPS number replaces the ADELI number. `closed-structure`: the FINESS of the structure is closed.',
  })
  kind!: DirectoryChangeKind;

  @ApiProperty({ type: NamedSubject, nullable: true, description: 'Null: it concerns the structure.' })
  account!: NamedSubject | null;

  @ApiProperty({ type: NamedSubject, description: 'The structure whose administrators decide.' })
  structure!: NamedSubject;

  @ApiProperty({ type: String, nullable: true, description: 'The new national id (idNat_PS).' })
  nationalId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'As the directory writes it.' })
  givenName!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'As the directory writes it.' })
  familyName!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The place that closed, or where the work ended.',
  })
  finess!: string | null;

  @ApiProperty({ format: 'date-time' })
  foundAt!: string;
}

export class AdminDirectoryChangePage {
  @ApiProperty({ type: [AdminDirectoryChange] })
  items!: AdminDirectoryChange[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  nextCursor!: string | null;

  @ApiProperty({ description: 'The number of open changes within reach.' })
  total!: number;
}

export function directoryChangeView({ details, foundAt, ...change }: DirectoryChange): AdminDirectoryChange {
  const { nationalId = null, givenName = null, familyName = null, finess = null } = details;
  return { ...change, nationalId, givenName, familyName, finess, foundAt: foundAt.toISOString() };
}
