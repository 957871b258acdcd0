import { Module } from '@nestjs/common';
import { PersistenceModule } from '@portillon/persistence';
import { SecurityNoticeJob } from './security-notice.job';
import { ConfigurableModuleClass } from './security-notice.options';
import { SecurityNoticeService } from './security-notice.service';

/**
 * Provides {@link SecurityNoticeService}, and the job that writes the mails. Needs the modules of kernel, persistence,
 * account and notification.
 */
@Module({
  imports: [PersistenceModule],
  providers: [SecurityNoticeService, SecurityNoticeJob],
  exports: [SecurityNoticeService],
})
export class SecurityNoticeModule extends ConfigurableModuleClass {}
