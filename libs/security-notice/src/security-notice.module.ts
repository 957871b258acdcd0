import { AccountModule } from '@portillon/account';
import { CredentialModule } from '@portillon/credential';
import { NotificationModule } from '@portillon/notification';
import { Module } from '@nestjs/common';
import { PersistenceModule } from '@portillon/persistence';
import { SecurityNoticeJob } from './security-notice.job';
import { ConfigurableModuleClass } from './security-notice.types';
import { SecurityNoticeService } from './security-notice.service';

/**
 * Provides {@link SecurityNoticeService}, and the job that writes the mails. Needs the modules of kernel, persistence,
 * account and notification.
 */
@Module({
  imports: [AccountModule, CredentialModule, NotificationModule, PersistenceModule],
  providers: [SecurityNoticeService, SecurityNoticeJob],
  exports: [SecurityNoticeService],
})
export class SecurityNoticeModule extends ConfigurableModuleClass {}
