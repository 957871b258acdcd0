import { Module } from '@nestjs/common';
import { SecurityNoticeJob } from './security-notice.job';
import { ConfigurableModuleClass } from './security-notice.options';
import { SecurityNoticeService } from './security-notice.service';

/**
 * Provides {@link SecurityNoticeService}, and the job that writes the mails. Needs the modules of kernel, persistence,
 * account and notification.
 */
@Module({
  providers: [SecurityNoticeService, SecurityNoticeJob],
  exports: [SecurityNoticeService],
})
export class SecurityNoticeModule extends ConfigurableModuleClass {}
