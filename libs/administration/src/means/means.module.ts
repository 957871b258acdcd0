import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { PersistenceModule } from '@portillon/persistence';
import { meansJournal } from './means.journal';
import { AccountFactorService } from './account-factor.service';
import { AccountMeansController } from './account-means.controller';
import { AccountMeansService } from './account-means.service';
import { FactorEndService } from './factor-end.service';
import { PasskeyIdentityService } from './passkey-identity.service';

/** The means of an account: ended, or proven, one by one. */
@Module({
  imports: [PersistenceModule],
  controllers: [AccountMeansController],
  providers: [
    registerJournal(meansJournal),
    AccountMeansService,
    AccountFactorService,
    FactorEndService,
    PasskeyIdentityService,
  ],
})
export class MeansModule {}
