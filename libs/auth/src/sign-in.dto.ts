import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { OneLine } from '@portillon/http';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { PASSWORD_LENGTH } from './account.dto';
import { MEANS } from './auth.options';
import type { SignInMeans as MeansId } from './auth.options';

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

export class Means {
  @ApiProperty({ enum: MEANS, enumName: 'MeansId' })
  id!: MeansId;

  @ApiProperty()
  available!: boolean;

  @ApiPropertyOptional({
    description: 'True while a means that is offered here does not answer. It comes back by itself.',
  })
  away?: boolean;
}

export class MeansList {
  @ApiProperty({ type: [Means], description: 'In the order to show them.' })
  means!: Means[];
}
