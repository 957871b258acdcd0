import { ApiProperty } from '@nestjs/swagger';
import { PASSWORD_LENGTH } from '@portillon/credential';
import { OneLine } from '@portillon/http';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Means } from '@portillon/access';

/** Longer than any user name that can exist here. */
const USERNAME_LENGTH = 254;

export class PasswordSignIn {
  @ApiProperty({ example: 'claire.martin' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(USERNAME_LENGTH)
  @OneLine()
  username!: string;

  @ApiProperty({ format: 'password' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(PASSWORD_LENGTH)
  password!: string;
}

export class StructureChoice {
  @ApiProperty({ format: 'uuid' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(36)
  structureId!: string;
}

export class MeansList {
  @ApiProperty({ type: [Means], description: 'In the order to show them.' })
  means!: Means[];
}
