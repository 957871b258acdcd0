import { Module } from '@nestjs/common';
import { AccountWaysInService } from './account-ways-in.service';
import { WaysInController } from './ways-in.controller';

/** « Peut-elle entrer ? »: what the real sign-in would decide for a person. */
@Module({
  controllers: [WaysInController],
  providers: [AccountWaysInService],
  exports: [AccountWaysInService],
})
export class WaysInModule {}
