import { ApiProperty } from '@nestjs/swagger';
import { SessionActivityView } from '@portillon/access';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

export class ProfessionalActivity extends SessionActivityView {
  @ApiProperty({ example: '0.1' })
  id!: string;
}

export class ActivityChoice {
  @ApiProperty({ type: [ProfessionalActivity] })
  activities!: ProfessionalActivity[];
}

export class ChosenActivity {
  @ApiProperty({ example: '0.1', description: '`id` of one of the activities offered.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(16)
  activity!: string;
}

export class ProSanteConnectDeparture {
  @ApiProperty({ description: 'The page of Pro Santé Connect to open in this browser.' })
  location!: string;
}
