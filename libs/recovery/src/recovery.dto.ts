import { ApiProperty } from '@nestjs/swagger';
import { NewPassword } from '@portillon/access';
import { OneLine } from '@portillon/http';
import { IsBoolean, IsNotEmpty, IsString, MaxLength } from 'class-validator';

const NAME_LENGTH = 254;
/** Room for what mail readers add to a link; a token has 80 characters. */
const TOKEN_LENGTH = 256;

export class PasswordResetRequest {
  @ApiProperty({ description: 'The user name, or the mail address.', example: 'claire.martin' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(NAME_LENGTH)
  @OneLine()
  username!: string;
}

export class PasswordResetAccepted {
  @ApiProperty({ enum: ['accepted'], description: 'The same text whether or not the account exists.' })
  status!: 'accepted';
}

export class PasswordLink {
  @ApiProperty({ description: 'What follows `#` in the link of the mail.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(TOKEN_LENGTH)
  @OneLine()
  token!: string;
}

export class PasswordLinkHolder {
  @ApiProperty({ example: 'claire.martin' })
  username!: string;
}

export class PasswordChoice extends PasswordLink {
  @NewPassword()
  newPassword!: string;
}

export class ReportableEventView {
  @ApiProperty({ example: 'Votre mot de passe a été changé', description: 'In the language of the request.' })
  title!: string;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({
    description:
      'Whether a report only alerts administrators, since the notice went to a mailbox that one of them replaced.',
  })
  alertsOnly!: boolean;
}

export class ProposalAnswerRequest extends PasswordLink {
  @ApiProperty({ description: 'Whether the person joins the structure.' })
  @IsBoolean()
  accept!: boolean;
}

class ProposingStructure {
  @ApiProperty({ example: 'Clinique du Sud' })
  name!: string;
}

export class LinkedProposalView {
  @ApiProperty({ type: ProposingStructure })
  structure!: ProposingStructure;

  @ApiProperty({ type: [String], example: ['professional'] })
  roles!: string[];

  @ApiProperty({ type: String, nullable: true, example: 'Cardiologue' })
  function!: string | null;

  @ApiProperty({ example: 'Claire Martin', description: 'The account that would join.' })
  displayName!: string;
}
