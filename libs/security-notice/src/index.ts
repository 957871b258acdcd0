export { SecurityNoticeModule } from './security-notice.module';
export type { SecurityNoticeOptions } from './security-notice.options';
export { SecurityNoticeService } from './security-notice.service';
export type { NoticeDetails, NoticeKind } from './security-notice.types';
